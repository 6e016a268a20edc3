namespace AIaaS.Pipeline.Jobs;

/// <summary>The words of the job file.</summary>
internal static class JobFileNames
{
    public static readonly IReadOnlyDictionary<string, TrainingTask> Tasks = new Dictionary<string, TrainingTask>(StringComparer.Ordinal)
    {
        ["classification"] = TrainingTask.Classification,
        ["regression"] = TrainingTask.Regression,
    };

    public static readonly IReadOnlyDictionary<string, TrainingDevice> Devices = new Dictionary<string, TrainingDevice>(StringComparer.Ordinal)
    {
        ["auto"] = TrainingDevice.Auto,
        ["cpu"] = TrainingDevice.Cpu,
        ["cuda"] = TrainingDevice.Cuda,
    };

    public static readonly IReadOnlyList<string> Families = ["linear", "mlp", "cnn"];
    public static readonly IReadOnlyList<string> Optimizers = ["adam", "adamw", "sgd"];
    public static readonly IReadOnlyList<string> Schedulers = ["constant", "linear", "cosine", "one_cycle"];
    public static readonly IReadOnlyList<string> Inferences = ["none", PrivacySpec.Ckks];
    public static readonly IReadOnlyList<string> References = [PrivacySpec.Relu, "none"];

    public static string Of(TrainingTask task) => Tasks.Single(pair => pair.Value == task).Key;

    public static string Of(TrainingDevice device) => Devices.Single(pair => pair.Value == device).Key;
}
