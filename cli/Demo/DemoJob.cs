namespace AIaaS.Cli.Demo;

/// <summary>The job file of the demo, written where the user can find and change it.</summary>
public static class DemoJob
{
    public const string Text = """
        type: training
        dataset: digits
        task: classification
        family: {name: cnn, channels: [16, 32], hidden: [128]}
        training: {num_train_epochs: 4, per_device_train_batch_size: 64, learning_rate: 0.001, seed: 42}

        """;

    public static string Write(string folder)
    {
        var path = Path.Combine(folder, "digits.yaml");
        File.WriteAllText(path, Text);
        return path;
    }
}
