using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<TrainingTask>))]
public enum TrainingTask
{
    [JsonStringEnumMemberName("classification")] Classification,
    [JsonStringEnumMemberName("regression")] Regression,
}

[JsonConverter(typeof(JsonStringEnumConverter<TrainingDevice>))]
public enum TrainingDevice
{
    [JsonStringEnumMemberName("auto")] Auto,
    [JsonStringEnumMemberName("cpu")] Cpu,
    [JsonStringEnumMemberName("cuda")] Cuda,
}

/// <summary>A job file, fully defaulted: what was asked for, stored beside the model it made. Keys are snake_case in YAML and JSON.</summary>
/// <param name="Type">Always "training".</param>
/// <param name="Dataset">Name of a ready dataset.</param>
/// <param name="Model">Name of the model to publish; the dataset's name when left out.</param>
/// <param name="Task">Must fit the dataset's label.</param>
/// <param name="Family">Model family and its size.</param>
/// <param name="Training">Training arguments.</param>
/// <param name="TestSize">Share of rows held out for the final evaluation, 0.01 to 0.5; null takes the split made at ingestion.</param>
/// <param name="Device">auto takes CUDA where the container has it.</param>
/// <param name="Limits">Time and attempts.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Tags">For people.</param>
/// <param name="Privacy">Null for a model that answers in the clear only.</param>
public sealed record TrainingJob(
    string Type,
    string Dataset,
    string Model,
    TrainingTask Task,
    FamilySpec Family,
    TrainingArguments Training,
    double? TestSize,
    TrainingDevice Device,
    JobLimits Limits,
    string? DisplayName,
    IReadOnlyDictionary<string, string> Tags,
    PrivacySpec? Privacy = null);

/// <param name="Name">linear, mlp or cnn.</param>
/// <param name="Hidden">Widths of the hidden dense layers (mlp: default [64, 64]; cnn: default [128]; linear: none).</param>
/// <param name="Channels">Channels of the convolution blocks (cnn: default [16, 32]).</param>
/// <param name="Dropout">0 to 0.9, default 0.</param>
public sealed record FamilySpec(string Name, IReadOnlyList<int> Hidden, IReadOnlyList<int> Channels, double Dropout);

/// <summary>Names as in Hugging Face TrainingArguments.</summary>
/// <param name="NumTrainEpochs">1 to 1000, default 10.</param>
/// <param name="PerDeviceTrainBatchSize">1 to 8192, default 64.</param>
/// <param name="Optimizer">adam, adamw or sgd; default adam.</param>
/// <param name="LearningRate">Default 0.001.</param>
/// <param name="LrSchedulerType">constant, linear, cosine or one_cycle; default constant.</param>
/// <param name="WarmupRatio">0 to 0.5 of all steps, default 0.</param>
/// <param name="WeightDecay">Default 0.</param>
/// <param name="Seed">Default 42.</param>
/// <param name="EarlyStoppingPatience">Epochs without a better validation metric before stopping; null never stops early.</param>
/// <param name="NumThreads">CPU threads, default 1: one thread gives the same model bytes for the same seed and data.</param>
/// <param name="MaxGradNorm">Gradients longer than this are shortened to it; null never.</param>
public sealed record TrainingArguments(
    int NumTrainEpochs,
    int PerDeviceTrainBatchSize,
    string Optimizer,
    double LearningRate,
    string LrSchedulerType,
    double WarmupRatio,
    double WeightDecay,
    int Seed,
    int? EarlyStoppingPatience,
    int NumThreads,
    double? MaxGradNorm = null);

/// <summary>What the model is to keep secret when it is served.</summary>
/// <param name="Inference">ckks: it answers on encrypted input too, and is trained within what can be computed there.</param>
/// <param name="Reference">relu: the same network with ReLU is trained beside it, to say in the readiness report what squares cost; none saves the time.</param>
public sealed record PrivacySpec(string Inference, string Reference)
{
    public const string Ckks = "ckks";
    public const string Relu = "relu";
}

/// <param name="Timeout">Of one attempt; default one hour.</param>
/// <param name="MaxAttempts">1 to 10, default 3.</param>
public sealed record JobLimits(TimeSpan Timeout, int MaxAttempts);
