using System.Security.Cryptography;
using System.Text;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Storage;
using AIaaS.Pipeline.Tracing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Asks for ingestions by sending to dataset-ingestion.</summary>
public sealed class IngestionQueue(ServiceBusClient client, TimeProvider time) : IAsyncDisposable
{
    private readonly ServiceBusSender _sender = client.CreateSender(StorageLayout.IngestionQueue);

    /// <summary>Announces a dropped file. The same file and ETag make the same MessageId, so the queue takes repeats for one.</summary>
    public Task AnnounceAsync(string dataset, string blob, string etag, CancellationToken cancellationToken) =>
        SendAsync(new IngestionRequest(dataset, blob, etag), $"{dataset}/{blob}/{etag}", cancellationToken);

    /// <summary>Asks for a dataset that a sweep found. Sweeps of different minutes make different MessageIds: an earlier message may have died.</summary>
    public Task RequestAsync(string dataset, CancellationToken cancellationToken) =>
        SendAsync(new IngestionRequest(dataset, null, null), $"{dataset}/{time.GetUtcNow():yyyyMMddHHmm}", cancellationToken);

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private async Task SendAsync(IngestionRequest request, string identity, CancellationToken cancellationToken)
    {
        var message = new ServiceBusMessage(request.ToBody())
        {
            MessageId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity))),
            ContentType = "application/json",
        };
        MessageTrace.Stamp(message);
        FaultPoints.Before(FaultPointNames.EnqueueIngestion);
        await _sender.SendMessageAsync(message, cancellationToken);
        FaultPoints.After(FaultPointNames.EnqueueIngestion);
    }
}
