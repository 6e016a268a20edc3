using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Keys;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Operations;

/// <summary>Asks every dependency one cheap question, all at once, five seconds at most.</summary>
public sealed partial class Readiness(
    StorageAccount storage, ServiceBusClient queues, KeyClient vault, TimeProvider time, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = await Task.WhenAll(
            CheckAsync("storage", AskStorageAsync, cancellationToken),
            CheckAsync("tables", AskTablesAsync, cancellationToken),
            CheckAsync("queues", AskQueuesAsync, cancellationToken),
            CheckAsync("vault", AskVaultAsync, cancellationToken));
        var ready = checks.All(check => check.Status == ReadinessReport.Ready);
        return new ReadinessReport(ready ? ReadinessReport.Ready : ReadinessReport.NotReady, checks);
    }

    private async Task AskStorageAsync(CancellationToken cancellationToken) =>
        await storage.Container(StorageLayout.VaultContainer).GetPropertiesAsync(cancellationToken: cancellationToken);

    private async Task AskTablesAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in storage.Table(StorageLayout.JobsTable)
            .QueryAsync<Azure.Data.Tables.TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken))
            break;
    }

    private async Task AskQueuesAsync(CancellationToken cancellationToken)
    {
        await using var receiver = queues.CreateReceiver(StorageLayout.TrainingQueue);
        await receiver.PeekMessageAsync(cancellationToken: cancellationToken);
    }

    private async Task AskVaultAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in vault.GetPropertiesOfKeysAsync(cancellationToken))
            break;
    }

    private async Task<ReadinessCheck> CheckAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        var started = time.GetTimestamp();
        string? code = null;
        try
        {
            await ask(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            code = "Timeout";
            LogTimeout(name);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            code = exception.ToProblem().Code.Code;
            LogNotReady(exception, name);
        }
        return new ReadinessCheck(name, code is null ? ReadinessReport.Ready : ReadinessReport.NotReady,
            Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1), code);
    }

    [LoggerMessage(1, LogLevel.Warning, "Not ready: {Check} did not answer in time.")]
    private partial void LogTimeout(string check);

    [LoggerMessage(2, LogLevel.Warning, "Not ready: {Check} failed.")]
    private partial void LogNotReady(Exception exception, string check);
}
