using AIaaS.Pipeline.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AIaaS.Functions.Hosting;

/// <summary>Makes containers and tables before any trigger listens; a storage that is not up yet gets about a minute.</summary>
public sealed partial class StoragePreparation(StorageAccount storage, ILogger<StoragePreparation> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            OnRetry = attempt =>
            {
                LogRetry(attempt.Outcome.Exception, attempt.AttemptNumber + 1, attempt.RetryDelay.TotalSeconds);
                return default;
            },
        }).Build();
        await retry.ExecuteAsync(async token => await storage.EnsureCreatedAsync(token), cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "Storage could not be prepared (attempt {Attempt}); trying again in {Seconds} s.")]
    private partial void LogRetry(Exception? exception, int attempt, double seconds);
}
