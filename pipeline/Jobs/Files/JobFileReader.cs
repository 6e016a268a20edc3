using System.Text.Json;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The job file's keys, types, ranges and defaults. Collects faults instead of stopping at the first.</summary>
internal static class JobFileReader
{
    private static readonly int[] MlpHidden = [64, 64];
    private static readonly int[] CnnHidden = [128];
    private static readonly int[] CnnChannels = [16, 32];

    // What was measured to train best where activations are squares; docs/encrypted-training.md.
    private static readonly int[] EncryptedMlpHidden = [64];
    private static readonly int[] EncryptedCnnHidden = [100];
    private static readonly int[] EncryptedCnnChannels = [16];
    private static readonly TrainingArguments Plain = new(10, 64, "adam", 0.001, "constant", 0, 0, 42, null, 1);
    private static readonly TrainingArguments Encrypted = new(10, 128, "adamw", 0.004, "one_cycle", 0.2, 0.025, 42, null, 1, MaxGradNorm: 1);

    public static TrainingJob Read(JsonElement root, List<ProblemItem> faults)
    {
        var file = JobFileObject.Root(root, faults);
        file.Ignore("$schema");
        var type = file.Choice("type", ["training"], "training");
        var dataset = file.Name("dataset");
        var privacy = Privacy(file.Object("privacy"));
        var job = new TrainingJob(
            type,
            dataset ?? "",
            file.Name("model", fallback: dataset ?? "") ?? "",
            JobFileNames.Tasks.GetValueOrDefault(file.Choice("task", JobFileNames.Tasks.Keys, fallback: null)),
            Family(file, privacy is not null),
            Training(file.Object("training"), privacy is null ? Plain : Encrypted),
            file.OptionalNumber("test_size", 0.01, 0.5),
            JobFileNames.Devices.GetValueOrDefault(file.Choice("device", JobFileNames.Devices.Keys, "auto")),
            Limits(file.Object("limits")),
            file.OptionalText("display_name", maxLength: 200),
            file.Texts("tags", maxCount: 32, maxKeyLength: 64, maxLength: 256),
            privacy);
        file.RefuseUnknown();
        if (privacy is not null) EncryptedJob.Check(job, faults);
        return job;
    }

    private static FamilySpec Family(JobFileObject file, bool encrypted)
    {
        // "family: mlp" is short for "family: {name: mlp}".
        var family = file.ObjectOrShort("family", "name");
        var name = family.Choice("name", JobFileNames.Families, fallback: null);
        var spec = name switch
        {
            "mlp" => new FamilySpec(name, family.Widths("hidden", 1, 8, 4096, encrypted ? EncryptedMlpHidden : MlpHidden), [], family.Number("dropout", 0, 0.9, 0)),
            "cnn" => new FamilySpec(name, family.Widths("hidden", 0, 8, 4096, encrypted ? EncryptedCnnHidden : CnnHidden), family.Widths("channels", 1, 6, 512, encrypted ? EncryptedCnnChannels : CnnChannels), family.Number("dropout", 0, 0.9, 0)),
            _ => new FamilySpec(name, [], [], 0),
        };
        if (name.Length > 0) family.RefuseUnknown(what: $"The family {name}");
        return spec;
    }

    /// <returns>Null when the job asks for nothing.</returns>
    private static PrivacySpec? Privacy(JobFileObject privacy)
    {
        var inference = privacy.Choice("inference", JobFileNames.Inferences, "none");
        var reference = privacy.Choice("reference", JobFileNames.References, PrivacySpec.Relu);
        privacy.RefuseUnknown(what: "A job's privacy");
        return inference == PrivacySpec.Ckks ? new PrivacySpec(inference, reference) : null;
    }

    private static TrainingArguments Training(JobFileObject training, TrainingArguments defaults)
    {
        var arguments = new TrainingArguments(
            training.Integer("num_train_epochs", 1, 1000, defaults.NumTrainEpochs),
            training.Integer("per_device_train_batch_size", 1, 8192, defaults.PerDeviceTrainBatchSize),
            training.Choice("optimizer", JobFileNames.Optimizers, defaults.Optimizer),
            training.Number("learning_rate", 1e-8, 10, defaults.LearningRate),
            training.Choice("lr_scheduler_type", JobFileNames.Schedulers, defaults.LrSchedulerType),
            training.Number("warmup_ratio", 0, 0.5, defaults.WarmupRatio),
            training.Number("weight_decay", 0, 1, defaults.WeightDecay),
            training.Integer("seed", 0, int.MaxValue, defaults.Seed),
            training.OptionalInteger("early_stopping_patience", 1, 1000),
            training.Integer("num_threads", 1, 64, defaults.NumThreads),
            training.OptionalNumber("max_grad_norm", 1e-6, 1e6) ?? defaults.MaxGradNorm);
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
