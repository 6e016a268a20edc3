using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Datasets;
using Spectre.Console;

namespace AIaaS.Cli.Datasets;

/// <summary>Dataset records for people.</summary>
public static class DatasetView
{
    public static void List(Terminal terminal, IReadOnlyList<DatasetRecord> datasets)
    {
        if (datasets.Count == 0)
        {
            terminal.Line("There are no datasets yet. Make one with [blue]aiaas upload NAME FILE[/].");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Name", "Status", "Rows", "Version", "Updated");
        table.Columns[2].RightAligned();
        foreach (var dataset in datasets)
        {
            table.AddRow(
                Markup.Escape(dataset.Name), Status(dataset.Status), dataset.Status == DatasetStatus.Ready ? Numbers.Count(dataset.Rows) : "",
                Markup.Escape(dataset.Version ?? ""), Numbers.Time(dataset.UpdatedOn));
        }
        terminal.Out.Write(table);
    }

    public static void Record(Terminal terminal, DatasetRecord dataset)
    {
        terminal.Line($"Dataset [bold]{Markup.Escape(dataset.Name)}[/]: {Status(dataset.Status)}");
        if (dataset.Error is { } error) terminal.Line($"  {Markup.Escape(error.Message)} ({Markup.Escape(error.Code)})");
    }

    private static string Status(DatasetStatus status) => status switch
    {
        DatasetStatus.Ready => "[green]Ready[/]",
        DatasetStatus.Failed => "[red]Failed[/]",
        _ => $"[yellow]{status}[/]",
    };
}
