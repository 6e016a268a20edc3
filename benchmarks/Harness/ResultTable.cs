using System.Globalization;
using Spectre.Console;

namespace AIaaS.Benchmarks.Harness;

/// <summary>The figures as a table.</summary>
internal static class ResultTable
{
    public static Table Draw(IReadOnlyList<BenchmarkResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("figure");
        table.AddColumn(new TableColumn("ours").RightAligned());
        table.AddColumn(new TableColumn("peer").RightAligned());
        table.AddColumn("unit");
        table.AddColumn(new TableColumn("ratio").RightAligned());
        table.AddColumn("goal");
        table.AddColumn("peer is");
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape($"{result.Suite}: {result.Name}"),
                Number(result.Ours),
                result.Theirs is { } theirs ? Number(theirs) : "",
                Markup.Escape(result.Unit),
                result.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
                Goal(result),
                Markup.Escape(result.Peer ?? ""));
        }
        return table;
    }

    private static string Goal(BenchmarkResult result) => result.Met switch
    {
        true => $"[green]{Markup.Escape(result.Goal!)}[/]",
        false => $"[red]{Markup.Escape(result.Goal!)} missed[/]",
        null => "",
    };

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture);
}
