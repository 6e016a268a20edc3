using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Jobs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AIaaS.Cli.Jobs;

/// <summary>Live progress: finished epochs as a table, the one under way as a bar with loss and time left.</summary>
public static class ProgressDrawing
{
    private const int BarWidth = 40;
    private const int EpochsShown = 12;

    public static Task<Answer<JobMonitor>> RunAsync(Terminal terminal, Func<Action<JobRecord>, Task<Answer<JobMonitor>>> follow) =>
        terminal.Out.Live(new Text("waiting for the job …")).AutoClear(false).StartAsync(context =>
            follow(job => context.UpdateTarget(Draw(job))));

    public static IRenderable Draw(JobRecord job)
    {
        if (job.Progress is not { } progress) return new Markup($"job {Markup.Escape(job.Id)}: [yellow]{job.Status}[/]");
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("Epoch", "Loss", "Validation loss", char.ToUpperInvariant(JobView.MetricName(job)[0]) + JobView.MetricName(job)[1..], "Time");
        foreach (var column in table.Columns) column.RightAligned();
        foreach (var epoch in progress.History.TakeLast(EpochsShown))
        {
            table.AddRow(
                $"{epoch.Epoch}/{progress.Epochs}", Numbers.Short(epoch.TrainLoss), Numbers.Short(epoch.ValidationLoss),
                JobView.Metric(job, epoch.ValidationMetric), Numbers.Duration(TimeSpan.FromSeconds(epoch.Seconds)));
        }
        return new Rows(table, new Markup(Bar(job, progress)));
    }

    private static string Bar(JobRecord job, JobProgress progress)
    {
        var total = Math.Max(1.0, (double)progress.Epochs * Math.Max(1, progress.Steps));
        var done = Math.Clamp((Math.Max(0, progress.Epoch - 1) * (double)progress.Steps + progress.Step) / total, 0, 1);
        var filled = job.IsFinal ? BarWidth : (int)(done * BarWidth);
        var loss = progress.TrainLoss is { } value ? $" · loss {Numbers.Short(value)}" : "";
        var left = progress.SecondsLeft is { } seconds && !job.IsFinal ? $" · {Numbers.Duration(TimeSpan.FromSeconds(seconds))} left" : "";
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {job.Status} · epoch {progress.Epoch}/{progress.Epochs}{loss}{left}";
    }
}
