using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One attempt to run the function for one version of a blob, under its receipt.</summary>
internal sealed partial class BlobAttempt(
    FunctionDescriptor function, BlobTrigger trigger, BlobContainerClient container, BlobReceipts receipts, PoisonBlobs poison, TimeSpan interval, ILogger logger,
    FunctionRunner runner, Drain drain, TimeProvider time)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <returns>When to try again; null when there is nothing left to do for this version. Never throws.</returns>
    public async Task<DateTimeOffset?> RunAsync(BlobVersion version)
    {
        try
        {
            await using var receipt = await receipts.TryTakeAsync(version, CancellationToken.None);
            if (receipt is null) return Later(attempts: 1);
            if (receipt.Done) return null;
            if (!await IsCurrentAsync(version))
            {
                // Overwritten or deleted meanwhile: a newer version is listed by itself, and the next listing drops this one.
                LogNotCurrent(version.Name);
                return Later(attempts: 1);
            }
            return await RunAsync(version, receipt);
        }
        catch (Exception exception)
        {
            LogStorageFailed(version.Name, exception);
            return Later(attempts: 3);
        }
    }

    private async Task<DateTimeOffset?> RunAsync(BlobVersion version, BlobReceipt receipt)
    {
        // More attempts than allowed: the last one ended with the process.
        if (receipt.Attempts >= trigger.PoisonThreshold) return await GiveUpAsync(version, receipt);

        // Counted before the function runs, so that one that takes the process down is counted too.
        await receipt.SetAttemptsAsync(receipt.Attempts + 1, CancellationToken.None);
        try
        {
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(drain.Token, receipt.Lost);
            var blob = container.GetBlobClient(version.Name);
            await runner.RunAsync(function, traceParent: null, services =>
                new BlobInvocationContext(function, services, blob, trigger.Path.Match(version.Name)!, cancelled.Token));
        }
        catch (OperationCanceledException) when (drain.Token.IsCancellationRequested)
        {
            await receipt.SetAttemptsAsync(receipt.Attempts - 1, CancellationToken.None);
            return Later(attempts: 1);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(version.Name, receipt.Attempts, trigger.PoisonThreshold, exception.Message);
            return receipt.Attempts >= trigger.PoisonThreshold ? await GiveUpAsync(version, receipt) : Later(receipt.Attempts);
        }
        await receipt.SetDoneAsync(CancellationToken.None);
        return null;
    }

    private async Task<DateTimeOffset?> GiveUpAsync(BlobVersion version, BlobReceipt receipt)
    {
        await poison.AddAsync(new PoisonBlob(function.Id, "BlockBlob", container.Name, version.Name, version.ETag), CancellationToken.None);
        LogGivenUp(version.Name, trigger.PoisonThreshold, PoisonBlobs.QueueName);
        await receipt.SetDoneAsync(CancellationToken.None);
        return null;
    }

    private async Task<bool> IsCurrentAsync(BlobVersion version)
    {
        try
        {
            BlobProperties properties = await container.GetBlobClient(version.Name).GetPropertiesAsync();
            return BlobVersion.Of(version.Name, properties.ETag) == version;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Twice as long after each attempt, from the interval between listings on.</summary>
    private DateTimeOffset Later(int attempts)
    {
        var backoff = interval * Math.Pow(2, Math.Min(attempts - 1, 16));
        return time.GetUtcNow() + (backoff < LongestBackoff ? backoff : LongestBackoff);
    }

    [LoggerMessage(1, LogLevel.Warning, "Storage failed around blob {Blob}; trying again.")]
    private partial void LogStorageFailed(string blob, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Blob {Blob} was overwritten or deleted before the function could run for it.")]
    private partial void LogNotCurrent(string blob);

    [LoggerMessage(2, LogLevel.Warning, "Blob {Blob}: attempt {Attempt} of {Threshold} failed: {Reason}")]
    private partial void LogAttemptFailed(string blob, int attempt, int threshold, string reason);

    [LoggerMessage(3, LogLevel.Error, "Blob {Blob} is given up after {Threshold} attempts; it is named in queue {Queue}.")]
    private partial void LogGivenUp(string blob, int threshold, string queue);
}
