using AIaaS.Functions.Hosting;
using AIaaS.Pipeline.Batch;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Batch;

/// <summary>Deletes operations a day after they ended, and finds drops and operations that were lost on the way.</summary>
public sealed partial class SweepOperations(OperationSweep sweep, BatchDrops drops, Sweeping settings, ILogger<SweepOperations> logger)
{
    [Function(nameof(SweepOperations))]
    public async Task Run([TimerTrigger(Sweeping.Schedule)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var (deleted, requested) = await sweep.RunAsync(cancellationToken);
        var found = await drops.SweepAsync(settings.MinimumAge, cancellationToken);
        if (deleted + requested + found > 0) LogSwept(deleted, requested, found);
    }

    [LoggerMessage(1, LogLevel.Information, "The sweep deleted {Deleted} old operations, asked for {Requested} stalled ones again and saw {Found} files waiting for predictions.")]
    private partial void LogSwept(int deleted, int requested, int found);
}
