using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Jobs;
using Spectre.Console;

namespace AIaaS.Cli.Jobs;

/// <summary>Progress for logs and pipes: one line per change of state and per finished epoch.</summary>
public sealed class ProgressLines(Terminal terminal)
{
    private JobStatus? _status;
    private int _epochs;

    public void Update(JobRecord job)
    {
        if (job.Status != _status)
        {
            _status = job.Status;
            terminal.Line($"job {Markup.Escape(job.Id)}: {job.Status}");
        }
        var metric = JobView.MetricName(job);
        foreach (var epoch in job.Progress?.History.Where(one => one.Epoch > _epochs) ?? [])
        {
            _epochs = epoch.Epoch;
            var left = job.Progress!.SecondsLeft is { } seconds ? $", {Numbers.Duration(TimeSpan.FromSeconds(seconds))} left" : "";
            terminal.Line($"epoch {epoch.Epoch}/{job.Progress.Epochs}: loss {Numbers.Short(epoch.TrainLoss)}, validation loss {Numbers.Short(epoch.ValidationLoss)}, "
                + $"{metric} {JobView.Metric(job, epoch.ValidationMetric)}, {Numbers.Duration(TimeSpan.FromSeconds(epoch.Seconds))}{left}");
        }
    }
}
