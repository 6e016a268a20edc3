using AIaaS.Functions.Hosting;
using AIaaS.Pipeline.EvaluationKeys;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.EvaluationKeys;

/// <summary>Deletes what was not used for its lifetime, and uploads that nothing arrives for.</summary>
public sealed partial class SweepEvaluationKeys(EvaluationKeyStore store, ILogger<SweepEvaluationKeys> logger)
{
    [Function(nameof(SweepEvaluationKeys))]
    public async Task Run([TimerTrigger(Sweeping.Schedule)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var deleted = await store.SweepAsync(cancellationToken);
        if (deleted > 0) LogSwept(deleted);
    }

    [LoggerMessage(1, LogLevel.Information, "The sweep deleted {Deleted} expired sets of evaluation keys.")]
    private partial void LogSwept(int deleted);
}
