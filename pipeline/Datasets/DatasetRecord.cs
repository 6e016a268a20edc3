using System.Text.Json.Serialization;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets;

[JsonConverter(typeof(JsonStringEnumConverter<DatasetStatus>))]
public enum DatasetStatus
{
    /// <summary>Files were dropped; ingestion has not finished.</summary>
    Ingesting,

    /// <summary>Ingestion waits for files that the sidecar names or the format needs (IDX images without labels).</summary>
    Waiting,

    Ready,
    Failed,
}

/// <summary>A dataset as the table knows it: one row a dataset, replaced by one conditional write per ingestion.</summary>
/// <param name="Name">See <see cref="Storage.ResourceName"/>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Version">16 hex digits made from the dropped files' names and ETags; null before the first ingestion.</param>
/// <param name="Digest">SHA-256 (hex) over the content of the dropped files in name order: the same data has the same digest everywhere.</param>
/// <param name="Rows">Accepted rows.</param>
/// <param name="ManifestBlob">Path in the vault container of the signed manifest. Once set, it and Version, Digest and Rows name the version that can be read, also while a newer drop is being ingested, waits or has failed.</param>
/// <param name="Error">Set when failed or waiting: code and text for people.</param>
/// <param name="CreatedOn">First drop seen.</param>
/// <param name="UpdatedOn">Last change of this row.</param>
public sealed record DatasetRecord(
    string Name,
    DatasetStatus Status,
    string? Version,
    string? Digest,
    long Rows,
    string? ManifestBlob,
    DatasetError? Error,
    DateTimeOffset CreatedOn,
    DateTimeOffset UpdatedOn);

public sealed record DatasetError(string Code, string Message)
{
    /// <summary>The files may be good: the same drop can be taken once the key can be used.</summary>
    internal bool IsAboutTheKey => Code == ProblemCodes.KeyDisabled.Code || Code == ProblemCodes.KeyNotFound.Code || Code == ProblemCodes.KeyForbidden.Code;
}
