using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A timer's status, kept in a blob whose lease lets one process run it at a time.</summary>
internal sealed class TimerState(BlobContainerClient hosts, string hostId, string function)
{
    private readonly BlobClient _blob = hosts.GetBlobClient($"timers/{hostId}/{function}/status");

    /// <summary>The status; made from <paramref name="initial"/> when there is none yet.</summary>
    public async Task<ScheduleStatus> ReadOrCreateAsync(ScheduleStatus initial, CancellationToken cancellationToken)
    {
        await hosts.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        try
        {
            await WriteAsync(initial, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // There is one, of an earlier start or of another process.
        }
        return await ReadAsync(cancellationToken);
    }

    public async Task<ScheduleStatus> ReadAsync(CancellationToken cancellationToken)
    {
        BlobDownloadResult result = await _blob.DownloadContentAsync(cancellationToken);
        return JsonSerializer.Deserialize(result.Content.ToMemory().Span, TimerStateJson.Default.ScheduleStatus)
            ?? throw new InvalidDataException($"Timer state {_blob.Name} is empty. Delete the blob to start the schedule anew.");
    }

    public Task WriteAsync(ScheduleStatus status, HeldLease lease, CancellationToken cancellationToken) => WriteAsync(status, lease.Held, cancellationToken);

    /// <returns>Null when another process runs the timer.</returns>
    public Task<HeldLease?> TryHoldAsync(CancellationToken cancellationToken) => HeldLease.TryAcquireAsync(_blob, cancellationToken);

    private async Task WriteAsync(ScheduleStatus status, BlobRequestConditions conditions, CancellationToken cancellationToken) => await _blob.UploadAsync(
        new BinaryData(JsonSerializer.SerializeToUtf8Bytes(status, TimerStateJson.Default.ScheduleStatus)),
        new BlobUploadOptions { Conditions = conditions },
        cancellationToken);
}

[JsonSerializable(typeof(ScheduleStatus))]
internal sealed partial class TimerStateJson : JsonSerializerContext;
