using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Batch;

/// <summary>Asks for the predictions of a dropped file, and does nothing else.</summary>
public sealed partial class RequestDropped(BatchDrops drops, ILogger<RequestDropped> logger)
{
    [Function(nameof(RequestDropped))]
    public async Task Run(
        [BlobTrigger($"{StorageLayout.RequestsContainer}/{{model}}/{{file}}", Connection = "AzureWebJobsStorage", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string model,
        CancellationToken cancellationToken)
    {
        if (!ResourceName.IsValid(model))
        {
            LogIgnored();
            return;
        }
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            await drops.AnnounceAsync(blob.Name, properties.Value.ETag.ToString(), cancellationToken);
            LogAnnounced(model);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            LogGone(model);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A file was dropped for model {Model}; its predictions are asked for.")]
    private partial void LogAnnounced(string model);

    [LoggerMessage(2, LogLevel.Information, "A dropped file for model {Model} was gone before it was announced.")]
    private partial void LogGone(string model);

    [LoggerMessage(3, LogLevel.Warning, "A file was dropped into a folder of requests that is no model name; it is ignored.")]
    private partial void LogIgnored();
}
