using System.CommandLine;
using System.Text;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Jobs;
using AIaaS.Pipeline.Jobs;

namespace AIaaS.Cli.Tests.Jobs;

/// <summary>What the options write must be a job file: the service's own reader judges.</summary>
public sealed class JobFileOptionsTests
{
    [Fact]
    public void Build_EveryOption_IsReadAsWasMeant()
    {
        var job = Read(null, "--dataset", "digits", "--model", "m", "--task", "classification", "--family", "cnn", "--hidden", "32,16", "--channels", "8, 16",
            "--dropout", "0.25", "--epochs", "3", "--batch-size", "128", "--optimizer", "adamw", "--learning-rate", "1e-4", "--schedule", "cosine", "--warmup-ratio", "0.1",
            "--weight-decay", "0.01", "--seed", "7", "--patience", "2", "--threads", "2", "--test-size", "0.2", "--device", "cpu", "--timeout", "90s", "--max-attempts", "5");

        job.Dataset.ShouldBe("digits");
        job.Model.ShouldBe("m");
        job.Task.ShouldBe(TrainingTask.Classification);
        job.Family.Name.ShouldBe("cnn");
        job.Family.Hidden.ShouldBe([32, 16]);
        job.Family.Channels.ShouldBe([8, 16]);
        job.Family.Dropout.ShouldBe(0.25);
        job.Training.ShouldBe(new TrainingArguments(3, 128, "adamw", 1e-4, "cosine", 0.1, 0.01, 7, 2, 2));
        job.TestSize.ShouldBe(0.2);
        job.Device.ShouldBe(TrainingDevice.Cpu);
        job.Limits.ShouldBe(new JobLimits(TimeSpan.FromSeconds(90), 5));
    }

    [Fact]
    public void Build_FileWithoutOverrides_ComesBackWordForWord()
    {
        const string file = "# mine\ndataset: d   # a comment\nfamily: mlp\ntask: regression\n";

        Build(file).ShouldBe(file);
    }

    [Fact]
    public void Build_FileWithOverrides_ChangesOnlyThose()
    {
        var job = Read("dataset: d\ntask: regression\nfamily: mlp\ntraining: {num_train_epochs: 9, seed: 3}\n", "--seed", "4", "--hidden", "8");

        job.Family.Name.ShouldBe("mlp");
        job.Family.Hidden.ShouldBe([8]);
        job.Training.NumTrainEpochs.ShouldBe(9);
        job.Training.Seed.ShouldBe(4);
    }

    [Fact]
    public async Task WithTaskAsync_TaskLeftOut_TakesTheDatasets()
    {
        var filled = await JobFileOptions.WithTaskAsync("dataset: d\nfamily: mlp\n", dataset => Task.FromResult<string?>(dataset == "d" ? "regression" : null));

        JobFile.Parse(Encoding.UTF8.GetBytes(filled)).Task.ShouldBe(TrainingTask.Regression);
    }

    [Fact]
    public async Task WithTaskAsync_TaskNamed_AsksNobody()
    {
        const string file = "dataset: d\ntask: classification\nfamily: mlp\n";

        (await JobFileOptions.WithTaskAsync(file, _ => throw new InvalidOperationException("asked"))).ShouldBe(file);
    }

    [Theory]
    [InlineData("a: [1")]
    [InlineData("- 1\n- 2")]
    [InlineData("")]
    public void Build_NoMapping_IsAUsageError(string file) =>
        Should.Throw<CliException>(() => Build(file, "--seed", "4")).ExitCode.ShouldBe(ExitCodes.Usage);

    private static TrainingJob Read(string? file, params string[] args) => JobFile.Parse(Encoding.UTF8.GetBytes(Build(file, args)));

    private static string Build(string? file, params string[] args)
    {
        var options = new JobFileOptions();
        var command = new RootCommand();
        options.AddTo(command);
        var parsed = command.Parse(args);
        parsed.Errors.ShouldBeEmpty();
        return options.Build(parsed, file);
    }
}
