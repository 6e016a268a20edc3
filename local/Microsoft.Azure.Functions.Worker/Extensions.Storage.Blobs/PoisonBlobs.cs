using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The queue in which Functions names the blobs it has given up.</summary>
internal sealed class PoisonBlobs(QueueServiceClient queues)
{
    public const string QueueName = "webjobs-blobtrigger-poison";

    public async Task AddAsync(PoisonBlob blob, CancellationToken cancellationToken)
    {
        var queue = queues.GetQueueClient(QueueName);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await queue.SendMessageAsync(
            new BinaryData(JsonSerializer.SerializeToUtf8Bytes(blob, PoisonBlobJson.Default.PoisonBlob)),
            timeToLive: TimeSpan.FromSeconds(-1), // never expires
            cancellationToken: cancellationToken);
    }
}

/// <summary>The five properties of Functions' own message.</summary>
internal sealed record PoisonBlob(string FunctionId, string BlobType, string ContainerName, string BlobName, string ETag);

[JsonSerializable(typeof(PoisonBlob))]
internal sealed partial class PoisonBlobJson : JsonSerializerContext;
