using System.Text.Json;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The job file's keys, types, ranges and defaults. Collects faults instead of stopping at the first.</summary>
internal static class JobFileReader
{
    private static readonly int[] MlpHidden = [64, 64];
    private static readonly int[] CnnHidden = [128];
    private static readonly int[] CnnChannels = [16, 32];

    public static TrainingJob Read(JsonElement root, List<ProblemItem> faults)
    {
        var file = JobFileObject.Root(root, faults);
        file.Ignore("$schema");
        var type = file.Choice("type", ["training"], "training");
        var dataset = file.Name("dataset");
        var job = new TrainingJob(
            type,
            dataset ?? "",
            file.Name("model", fallback: dataset ?? "") ?? "",
            JobFileNames.Tasks.GetValueOrDefault(file.Choice("task", JobFileNames.Tasks.Keys, fallback: null)),
            Family(file),
            Training(file.Object("training")),
            file.OptionalNumber("test_size", 0.01, 0.5),
            JobFileNames.Devices.GetValueOrDefault(file.Choice("device", JobFileNames.Devices.Keys, "auto")),
            Limits(file.Object("limits")),
            file.OptionalText("display_name", maxLength: 200),
            file.Texts("tags", maxCount: 32, maxKeyLength: 64, maxLength: 256));
        file.RefuseUnknown();
        return job;
    }

    private static FamilySpec Family(JobFileObject file)
    {
        // "family: mlp" is short for "family: {name: mlp}".
        var family = file.ObjectOrShort("family", "name");
        var name = family.Choice("name", JobFileNames.Families, fallback: null);
        var spec = name switch
        {
            "mlp" => new FamilySpec(name, family.Widths("hidden", 1, 8, 4096, MlpHidden), [], family.Number("dropout", 0, 0.9, 0)),
            "cnn" => new FamilySpec(name, family.Widths("hidden", 0, 8, 4096, CnnHidden), family.Widths("channels", 1, 6, 512, CnnChannels), family.Number("dropout", 0, 0.9, 0)),
            _ => new FamilySpec(name, [], [], 0),
        };
        if (name.Length > 0) family.RefuseUnknown(what: $"The family {name}");
        return spec;
    }

    private static TrainingArguments Training(JobFileObject training)
    {
        var arguments = new TrainingArguments(
            training.Integer("num_train_epochs", 1, 1000, 10),
            training.Integer("per_device_train_batch_size", 1, 8192, 64),
            training.Choice("optimizer", JobFileNames.Optimizers, "adam"),
            training.Number("learning_rate", 1e-8, 10, 0.001),
            training.Choice("lr_scheduler_type", JobFileNames.Schedulers, "constant"),
            training.Number("warmup_ratio", 0, 0.5, 0),
            training.Number("weight_decay", 0, 1, 0),
            training.Integer("seed", 0, int.MaxValue, 42),
            training.OptionalInteger("early_stopping_patience", 1, 1000),
            training.Integer("num_threads", 1, 64, 1));
        training.RefuseUnknown();
        return arguments;
    }

    private static JobLimits Limits(JobFileObject limits)
    {
        var read = new JobLimits(
            limits.Duration("timeout", TimeSpan.FromSeconds(10), TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
            limits.Integer("max_attempts", 1, 10, 3));
        limits.RefuseUnknown();
        return read;
    }
}
