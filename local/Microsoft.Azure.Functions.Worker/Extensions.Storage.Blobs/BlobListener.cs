using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Lists a container again and again, and runs the function for each version it has no receipt of.</summary>
internal sealed partial class BlobListener : ITriggerListener, IDisposable
{
    private readonly BlobTrigger _trigger;
    private readonly BlobContainerClient _container;
    private readonly BlobContainerClient _hosts;
    private readonly BlobReceipts _receipts;
    private readonly BlobAttempt _attempt;
    private readonly BlobLedger _ledger = new();
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();
    private readonly ListingPause _pause;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task _loop = Task.CompletedTask;

    public BlobListener(
        FunctionDescriptor function, BlobTrigger trigger, IServiceProvider services, StorageConnections connections, IConfiguration configuration,
        FunctionsHostOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        FunctionName = function.Name;
        _trigger = trigger;
        _time = time;
        _pause = new ListingPause(options.BlobPollInterval);
        _logger = loggers.CreateLogger($"Host.Triggers.Blob.{function.Name}");
        _slots = new SemaphoreSlim(trigger.Concurrency);
        _container = connections.Blobs(trigger.Connection).GetBlobContainerClient(trigger.Path.Container);
        _hosts = connections.HostState;
        _receipts = new BlobReceipts(_hosts, HostId.Of(configuration), function.Name, trigger.Path.Container);
        var poison = new PoisonBlobs(connections.Queues(trigger.Connection));
        _attempt = ActivatorUtilities.CreateInstance<BlobAttempt>(services, function, trigger, _container, _receipts, poison, options.BlobPollInterval, _logger);
    }

    public string FunctionName { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _hosts.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await foreach (var version in _receipts.DoneAsync(cancellationToken)) _ledger.AddDone(version);
        _loop = LoopAsync();
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        for (var slot = 0; slot < _trigger.Concurrency; slot++) await _slots.WaitAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _slots.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                var began = _time.GetTimestamp();
                var due = await ScanAsync();
                var pause = _pause.After(_time.GetElapsedTime(began));
                foreach (var version in due) await RunAsync(version);
                await Task.Delay(pause, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped: what has not been started stays without a receipt and is found again.
        }
    }

    /// <returns>The versions to run the function for, oldest first. None when storage does not answer: the next scan tries again.</returns>
    private async Task<List<BlobVersion>> ScanAsync()
    {
        var due = new List<(BlobVersion Version, DateTimeOffset Modified)>();
        try
        {
            _ledger.BeginScan();
            await foreach (var item in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = _trigger.Path.Prefix }, _stop.Token))
            {
                if (item.Properties.ETag is not { } etag || _trigger.Path.Match(item.Name) is null) continue;
                var version = BlobVersion.Of(item.Name, etag);
                if (_ledger.IsDue(version, _time.GetUtcNow())) due.Add((version, item.Properties.LastModified ?? default));
            }
            foreach (var version in _ledger.EndScan()) await _receipts.ForgetAsync(version, _stop.Token);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            LogNoContainer(_container.Name);
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            LogScanFailed(_container.Name, exception);
        }
        return [.. due.OrderBy(pair => pair.Modified).Select(pair => pair.Version)];
    }

    private async Task RunAsync(BlobVersion version)
    {
        await _slots.WaitAsync(_stop.Token);
        _ledger.Started(version);
        _ = RunAndReleaseAsync(version);
    }

    private async Task RunAndReleaseAsync(BlobVersion version)
    {
        // The attempt turns every failure into a time to try again, so nothing is thrown here.
        await Task.Yield();
        _ledger.Ended(version, await _attempt.RunAsync(version));
        _slots.Release();
    }

    [LoggerMessage(1, LogLevel.Debug, "Container {Container} does not exist yet.")]
    private partial void LogNoContainer(string container);

    [LoggerMessage(2, LogLevel.Warning, "Container {Container} could not be listed; trying again.")]
    private partial void LogScanFailed(string container, Exception exception);
}
