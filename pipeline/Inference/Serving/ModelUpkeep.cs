using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>Looks after models nobody asks for just now: plaintext of a model whose key was revoked leaves memory all the same.</summary>
public sealed partial class ModelUpkeep(ServedModels models, TimeProvider clock, ILogger<ModelUpkeep> logger) : BackgroundService
{
    /// <summary>Well within <see cref="KeyWatch.MaxAge"/>, so that requests find a young answer and never wait for the vault.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await models.CheckKeysAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The keys of the served models could not be checked; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
