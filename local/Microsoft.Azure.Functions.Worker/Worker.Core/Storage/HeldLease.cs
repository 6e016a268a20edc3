using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A lease on a blob, renewed until it is disposed: one holder at a time among all processes.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    /// <summary>How long a crashed holder keeps others out; the most that storage grants.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    private HeldLease(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    public string Id => _lease.LeaseId;

    /// <summary>Cancelled when the lease could not be renewed: somebody else may hold it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Conditions under which only the holder writes.</summary>
    public BlobRequestConditions Held => new() { LeaseId = Id };

    /// <returns>Null when somebody else holds the lease or the blob is gone.</returns>
    public static async Task<HeldLease?> TryAcquireAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        var lease = blob.GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(Duration, conditions: null, cancellationToken);
            return new HeldLease(lease);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (RequestFailedException)
        {
            // It ends by itself within a minute; there is nothing else to undo.
        }
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        // Storage counts the lease's seconds in real time, whatever clock the app runs on.
        using var timer = new PeriodicTimer(RenewEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) await _lease.RenewAsync(conditions: null, _ended.Token);
        }
        catch (OperationCanceledException)
        {
            // Disposed: no longer needed.
        }
        catch (RequestFailedException)
        {
            await _lost.CancelAsync();
        }
    }
}
