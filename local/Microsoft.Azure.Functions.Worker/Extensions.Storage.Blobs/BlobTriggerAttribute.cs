using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function once for each version (ETag) of each blob whose path matches, for instance <c>datasets/{dataset}/{file}</c>.</summary>
public sealed class BlobTriggerAttribute(string blobPath) : TriggerBindingAttribute
{
    /// <summary>Container, slash, blob name pattern.</summary>
    public string BlobPath { get; } = blobPath;

    /// <summary>Name of the setting with the storage connection; null: <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }

    public BlobTriggerSource Source { get; set; } = BlobTriggerSource.LogsAndContainerScan;
}
