using System.Text.Json.Serialization;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The states of an Azure long-running operation, and Publishing: committed, the registry entry is being made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    NotStarted,
    Running,
    Publishing,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>A training job as the table knows it; every change is one conditional write.</summary>
/// <param name="Id">See <see cref="Storage.ResourceName"/>.</param>
/// <param name="Spec">Fully defaulted.</param>
/// <param name="DatasetVersion">The version it was checked against and will train on.</param>
/// <param name="DatasetDigest">Content digest of that version.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">How often a worker has claimed it: durable, so crash loops end.</param>
/// <param name="Fence">Grows by one with every claim; writes with a smaller fence are refused.</param>
/// <param name="CancelRequested">A worker sees this within seconds and stops.</param>
/// <param name="Progress">Of the current attempt.</param>
/// <param name="ManifestBlob">Set when Publishing: the signed manifest of the model files.</param>
/// <param name="ModelVersion">Set when Succeeded.</param>
/// <param name="Error">Set when Failed.</param>
/// <param name="CreatedOn">When it was submitted.</param>
/// <param name="UpdatedOn">Last change.</param>
/// <param name="FinishedOn">When it reached a final state.</param>
/// <param name="TraceParent">W3C trace context of the request that submitted it.</param>
/// <param name="LeaseUntil">While a worker has it: past this time another one may take it over. Every report moves it on.</param>
/// <param name="Readiness">Set when Publishing, for jobs with privacy: what encrypted inference will take and give.</param>
public sealed record JobRecord(
    string Id,
    TrainingJob Spec,
    string DatasetVersion,
    string DatasetDigest,
    JobStatus Status,
    int Attempt,
    long Fence,
    bool CancelRequested,
    JobProgress? Progress,
    string? ManifestBlob,
    int? ModelVersion,
    JobError? Error,
    DateTimeOffset CreatedOn,
    DateTimeOffset UpdatedOn,
    DateTimeOffset? FinishedOn,
    string? TraceParent,
    DateTimeOffset? LeaseUntil = null,
    EncryptedReadiness? Readiness = null)
{
    [JsonIgnore]
    public bool IsFinal => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}

public sealed record JobError(string Code, string Message);

/// <param name="Epoch">1-based epoch under way.</param>
/// <param name="Epochs">Planned.</param>
/// <param name="Step">Batches done in this epoch.</param>
/// <param name="Steps">Batches in one epoch.</param>
/// <param name="TrainLoss">Running mean of this epoch.</param>
/// <param name="SecondsLeft">Estimate for the whole training.</param>
/// <param name="History">One entry per finished epoch, oldest first, at most 200.</param>
public sealed record JobProgress(
    int Epoch, int Epochs, int Step, int Steps, double? TrainLoss, double? SecondsLeft, IReadOnlyList<EpochMetrics> History)
{
    /// <summary>Older epochs are dropped from the record; the model card holds them all.</summary>
    public const int MaxHistory = 200;
}

/// <param name="Epoch">1-based.</param>
/// <param name="TrainLoss">Mean over the epoch.</param>
/// <param name="ValidationLoss">On the validation split.</param>
/// <param name="ValidationMetric">Accuracy (0 to 1) for classification, R² for regression.</param>
/// <param name="Seconds">Wall time of the epoch.</param>
public sealed record EpochMetrics(int Epoch, double TrainLoss, double ValidationLoss, double ValidationMetric, double Seconds);
