using AIaaS.Functions.Hosting;
using AIaaS.Pipeline.Datasets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Datasets;

/// <summary>Finds drops that no event announced, or whose ingestion broke off, and asks for them again.</summary>
public sealed partial class SweepDatasets(DatasetSweep sweep, IngestionQueue queue, Sweeping settings, ILogger<SweepDatasets> logger)
{
    [Function(nameof(SweepDatasets))]
    public async Task Run([TimerTrigger(Sweeping.Schedule)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var found = 0;
        await foreach (var dataset in sweep.FindAsync(settings.MinimumAge, cancellationToken))
        {
            await queue.RequestAsync(dataset, cancellationToken);
            found++;
        }
        if (found > 0) LogFound(found);
    }

    [LoggerMessage(1, LogLevel.Warning, "The sweep found {Count} datasets whose drop was not ingested; ingestion is asked for again.")]
    private partial void LogFound(int count);
}
