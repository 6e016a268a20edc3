namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where Azure learns of new blobs. This edition lists the container for both.</summary>
public enum BlobTriggerSource
{
    LogsAndContainerScan = 0,
    EventGrid = 1,
}
