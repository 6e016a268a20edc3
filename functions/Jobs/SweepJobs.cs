using AIaaS.Functions.Hosting;
using AIaaS.Pipeline.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Jobs;

/// <summary>Takes job files that no event announced, and repairs jobs that a crash left between two steps.</summary>
public sealed partial class SweepJobs(JobFileDrop drop, JobSweep sweep, Sweeping settings, TimeProvider time, ILogger<SweepJobs> logger)
{
    [Function(nameof(SweepJobs))]
    public async Task Run([TimerTrigger(Sweeping.Schedule)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var files = 0;
        await foreach (var blob in drop.FindAsync(time.GetUtcNow() - settings.MinimumAge, cancellationToken))
        {
            if (await drop.TakeAsync(blob, cancellationToken) is { Job: not null }) files++;
        }
        var result = await sweep.RunAsync(cancellationToken);
        if (files + result.Sent + result.Published + result.Ended > 0) LogRepaired(files, result.Sent, result.Published, result.Ended);
        foreach (var failure in result.Failures) LogFailed(failure.Pointer, failure.Detail);
    }

    [LoggerMessage(1, LogLevel.Warning, "The sweep submitted {Files} job files, sent {Sent} jobs again, published {Published} and ended {Ended}.")]
    private partial void LogRepaired(int files, int sent, int published, int ended);

    [LoggerMessage(2, LogLevel.Warning, "Job {Job} could not be repaired now: {Problem}")]
    private partial void LogFailed(string job, string problem);
}
