using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Datasets;
using Spectre.Console;

namespace AIaaS.Cli.Datasets;

/// <summary>The ingestion report for people: facts, class balance as bars, columns, what was rejected.</summary>
public static class ReportView
{
    private const int BarWidth = 40;
    private const int MostClasses = 20;
    private const int MostColumns = 40;

    public static void Write(Terminal terminal, DatasetReport report)
    {
        terminal.Out.Write(Facts(report));
        if (report.Label is { Classes.Count: > 0 } label) terminal.Out.Write(Classes(label));
        terminal.Out.Write(Columns(report.Columns));
        if (report.Columns.Count > MostColumns) terminal.Line($"… and {report.Columns.Count - MostColumns} more columns (--json has all).");
        if (report.Rejected.Rows > 0) terminal.Out.Write(Rejects(report.Rejected));
        foreach (var warning in report.Warnings)
            terminal.Line($"[yellow]![/] {Markup.Escape(warning)}");
    }

    private static Table Facts(DatasetReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        void Row(string name, string value) => table.AddRow($"[bold]{name}[/]", Markup.Escape(value));
        Row("dataset", $"{report.Dataset}, version {report.Version}");
        Row("format", $"{report.Format}: {string.Join(", ", report.Files.Select(file => $"{file.Name} ({Numbers.Bytes(file.Bytes)})"))}");
        Row("rows", $"{Numbers.Count(report.Rows)} accepted, {Numbers.Count(report.Rejected.Rows)} rejected, {Duplicates(report.Duplicates)}");
        Row("split", $"train {Numbers.Count(report.Split.Train)}, validation {Numbers.Count(report.Split.Validation)}, test {Numbers.Count(report.Split.Test)} ({report.Split.How})");
        if (report.Label is { } label) Row("label", $"{label.Column}: {label.Task} ({label.Why})");
        if (report.Licence is { } licence) Row("licence", licence);
        if (report.Description is { } description) Row("about", description);
        return table;
    }

    private static string Duplicates(DuplicateReport duplicates) =>
        $"{(duplicates.Exact ? "" : "about ")}{Numbers.Count(duplicates.Rows)} duplicates";

    private static Table Classes(LabelReport label)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Class", "Rows", "Balance", "Train", "Validation", "Test");
        foreach (var column in (int[])[1, 3, 4, 5]) table.Columns[column].RightAligned();
        var most = Math.Max(1, label.Classes.Max(one => one.Rows));
        foreach (var one in label.Classes.Take(MostClasses))
        {
            var bar = new string('█', (int)Math.Round((double)one.Rows / most * BarWidth));
            table.AddRow(Markup.Escape(one.Name), Numbers.Count(one.Rows), $"[blue]{bar}[/]", Numbers.Count(one.Train), Numbers.Count(one.Validation), Numbers.Count(one.Test));
        }
        if (label.Classes.Count > MostClasses) table.AddRow($"… {label.Classes.Count - MostClasses} more");
        return table;
    }

    private static Table Columns(IReadOnlyList<ColumnReport> columns)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Column", "Type", "Missing", "Distinct", "Values");
        table.Columns[2].RightAligned();
        table.Columns[3].RightAligned();
        foreach (var column in columns.Take(MostColumns))
        {
            var shape = column.Shape.Count == 0 ? "" : $" {string.Join("×", column.Shape)}";
            table.AddRow(
                new Text(column.Name), new Text($"{column.Type}{shape}"), new Text(Numbers.Count(column.Missing)),
                new Text(column.Distinct is { } distinct ? Numbers.Count(distinct) : ""), Values(column));
        }
        return table;
    }

    private static Text Values(ColumnReport column) => new(column switch
    {
        { Numbers: { } numbers } => $"{Numbers.Short(numbers.Min)} … {Numbers.Short(numbers.Max)}, mean {Numbers.Short(numbers.Mean)}, sd {Numbers.Short(numbers.StandardDeviation)}",
        { Top.Count: > 0 } => string.Join(", ", column.Top.Take(5).Select(top => $"{top.Value} ({Numbers.Count(top.Count)})")),
        _ => "",
    });

    private static Table Rejects(RejectReport rejected)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Rejected because", "Rows", "First at");
        table.Columns[1].RightAligned();
        foreach (var reason in rejected.Reasons)
            table.AddRow(new Text(reason.Reason), new Text(Numbers.Count(reason.Rows)), new Text(reason.FirstAt));
        return table;
    }
}
