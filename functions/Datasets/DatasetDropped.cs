using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Datasets;

/// <summary>Announces a dropped file to the ingestion queue, and does nothing else: a storm of drops costs a message each.</summary>
public sealed partial class DatasetDropped(IngestionQueue queue, ILogger<DatasetDropped> logger)
{
    [Function(nameof(DatasetDropped))]
    public async Task Run(
        [BlobTrigger($"{StorageLayout.DatasetsContainer}/{{name}}/{{file}}", Connection = "AzureWebJobsStorage", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string name,
        CancellationToken cancellationToken)
    {
        if (!ResourceName.IsValid(name))
        {
            LogIgnored();
            return;
        }
        try
        {
            // The event is a hint; what counts is what lies there now.
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            await queue.AnnounceAsync(name, blob.Name, properties.Value.ETag.ToString(), cancellationToken);
            LogAnnounced(name);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            LogGone(name);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A file was dropped for dataset {Dataset}; ingestion is asked for.")]
    private partial void LogAnnounced(string dataset);

    [LoggerMessage(2, LogLevel.Information, "A dropped file of dataset {Dataset} was gone before it was announced.")]
    private partial void LogGone(string dataset);

    [LoggerMessage(3, LogLevel.Warning, "A file was dropped into a folder that is no dataset name; it is ignored.")]
    private partial void LogIgnored();
}
