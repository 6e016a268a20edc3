using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Operations;

[JsonConverter(typeof(JsonStringEnumConverter<OperationKind>))]
public enum OperationKind
{
    /// <summary>One infer request answered later.</summary>
    Inference,

    /// <summary>A file of records dropped into requests/{model}/.</summary>
    Batch,

    /// <summary>One infer request on encrypted input answered later.</summary>
    EncryptedInference,
}

/// <summary>The states of an Azure long-running operation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationStatus>))]
public enum OperationStatus
{
    NotStarted,
    Running,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>Inference that runs behind a queue, as the table knows it; every change is one conditional write.</summary>
/// <param name="Id">See <see cref="Storage.ResourceName"/>.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Fixed when the operation was accepted: every attempt answers with the same version. 0 when there was none to fix.</param>
/// <param name="Input">SHA-256 of the request, or path of the dropped blob in the requests container: the same id with another input is refused.</param>
/// <param name="ETag">Batches: the ETag of the dropped blob; another file dropped under the same name is another operation.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">How often it was claimed; results lie under this number, so a stale attempt overwrites nothing.</param>
/// <param name="InputManifest">Signed manifest of the encrypted request; null for batches.</param>
/// <param name="ResultManifest">Signed manifest of the encrypted answer, when succeeded; null for batches.</param>
/// <param name="ResultBlob">Batches: path of the predictions in the results container.</param>
/// <param name="Rows">Batches: rows predicted.</param>
/// <param name="Rejected">Batches: rows refused, with line and reason in "{ResultBlob}.errors.jsonl".</param>
/// <param name="Error">When failed.</param>
/// <param name="CreatedOn">When it was accepted.</param>
/// <param name="UpdatedOn">Last change.</param>
/// <param name="FinishedOn">When it reached a final state; kept for a day from then.</param>
/// <param name="TraceParent">W3C trace context of the request that asked for it.</param>
/// <param name="Caller">Encrypted inference: whose evaluation keys it computes with.</param>
public sealed record OperationRecord(
    string Id,
    OperationKind Kind,
    string Model,
    int Version,
    string Input,
    string? ETag,
    OperationStatus Status,
    int Attempt,
    string? InputManifest,
    string? ResultManifest,
    string? ResultBlob,
    long? Rows,
    long? Rejected,
    OperationError? Error,
    DateTimeOffset CreatedOn,
    DateTimeOffset UpdatedOn,
    DateTimeOffset? FinishedOn,
    string? TraceParent,
    string? Caller = null)
{
    [JsonIgnore]
    public bool IsFinal => Status is OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.Canceled;
}

/// <param name="Code">One of <see cref="Problems.ProblemCodes"/>.</param>
/// <param name="Message">For people.</param>
public sealed record OperationError(string Code, string Message);
