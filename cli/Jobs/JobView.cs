using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Jobs;
using Spectre.Console;

namespace AIaaS.Cli.Jobs;

/// <summary>Jobs for people.</summary>
public static class JobView
{
    public static void List(Terminal terminal, IReadOnlyList<JobRecord> jobs)
    {
        if (jobs.Count == 0)
        {
            terminal.Line("There are no jobs yet. Start one with [blue]aiaas train --dataset NAME --family mlp[/].");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Id", "Status", "Dataset", "Model", "Family", "Epoch", "Attempt", "Submitted");
        foreach (var job in jobs.OrderByDescending(job => job.CreatedOn))
        {
            table.AddRow(
                Markup.Escape(job.Id), Status(job.Status), Markup.Escape(job.Spec.Dataset),
                Markup.Escape(job.ModelVersion is { } version ? $"{job.Spec.Model}/{version}" : job.Spec.Model), Markup.Escape(job.Spec.Family.Name),
                job.Progress is { } progress ? $"{progress.Epoch}/{progress.Epochs}" : "", $"{job.Attempt}", Numbers.Time(job.CreatedOn));
        }
        terminal.Out.Write(table);
    }

    public static void Show(Terminal terminal, JobRecord job)
    {
        terminal.Line($"job [bold]{Markup.Escape(job.Id)}[/]: {Status(job.Status)}, attempt {job.Attempt} of {job.Spec.Limits.MaxAttempts}");
        terminal.Line($"  {Markup.Escape(job.Spec.Family.Name)} on {Markup.Escape(job.Spec.Dataset)} (version {Markup.Escape(job.DatasetVersion)}), submitted {Numbers.Time(job.CreatedOn)}");
        terminal.Out.Write(ProgressDrawing.Draw(job));
        terminal.Line();
        if (job.IsFinal) Outcome(terminal, job);
    }

    /// <summary>How it ended, and what to do next.</summary>
    public static void Outcome(Terminal terminal, JobRecord job)
    {
        var model = Markup.Escape(job.Spec.Model);
        var took = job.FinishedOn is { } finished ? $" in {Numbers.Duration(finished - job.CreatedOn)}" : "";
        switch (job.Status)
        {
            case JobStatus.Succeeded:
                terminal.Line($"[green]✓[/] Model [bold]{model}[/] version {job.ModelVersion} is published{took}. Try: aiaas predict {model} FILE");
                if (job.Readiness is { } readiness) ReadinessView.Show(terminal, readiness);
                break;
            case JobStatus.Canceled:
                terminal.Line($"[yellow]![/] Job {Markup.Escape(job.Id)} was canceled{took}; no version was published.");
                break;
            default:
                terminal.Line($"[red]✗[/] Job {Markup.Escape(job.Id)} failed{took}: {Markup.Escape(job.Error?.Message ?? "no reason was recorded")} ({Markup.Escape(job.Error?.Code ?? "")})");
                break;
        }
    }

    public static string MetricName(JobRecord job) => job.Spec.Task == TrainingTask.Regression ? "R²" : "accuracy";

    public static string Metric(JobRecord job, double value) =>
        job.Spec.Task == TrainingTask.Regression ? Numbers.Short(value) : Numbers.Percent(value);

    private static string Status(JobStatus status) => status switch
    {
        JobStatus.Succeeded => "[green]Succeeded[/]",
        JobStatus.Failed => "[red]Failed[/]",
        _ => $"[yellow]{status}[/]",
    };
}
