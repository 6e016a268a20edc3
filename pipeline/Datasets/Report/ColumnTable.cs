using System.Text;

namespace AIaaS.Pipeline.Datasets.Report;

/// <summary>The columns with their statistics and histograms.</summary>
internal static class ColumnTable
{
    public static void Write(StringBuilder page, IReadOnlyList<ColumnReport> columns, long rows, int maxColumns)
    {
        page.Append("<h2>Columns</h2><div class=\"card\"><table><tr><th>name</th><th>type</th><th class=\"n\">missing</th><th class=\"n\">distinct</th>")
            .Append("<th class=\"n\">min</th><th class=\"n\">mean</th><th class=\"n\">max</th><th class=\"n\">std</th><th>values</th></tr>");
        foreach (var column in columns.Take(maxColumns)) Row(page, column, rows);
        ReportSections.More(page, columns.Count - maxColumns, 9);
        page.Append("</table></div>");
    }

    private static void Row(StringBuilder page, ColumnReport column, long rows)
    {
        page.Append("<tr><td class=\"name\">").Append(Html.Escape(column.Name)).Append("</td><td><span class=\"type\">").Append(Type(column))
            .Append("</span></td><td class=\"n\">").Append(column.Missing == 0 ? "–" : Html.Share(column.Missing, rows))
            .Append("</td><td class=\"n\">").Append(column.Distinct is { } distinct ? Html.Number(distinct) : column.Shape.Count > 0 ? "" : "many").Append("</td>");
        if (column.Numbers is { } numbers)
        {
            foreach (var number in (ReadOnlySpan<double>)[numbers.Min, numbers.Mean, numbers.Max, numbers.StandardDeviation])
                page.Append("<td class=\"n\">").Append(Html.Number(number)).Append("</td>");
            page.Append("<td>");
            Histogram(page, numbers.Histogram);
            page.Append("</td>");
        }
        else
        {
            page.Append("<td colspan=\"5\" class=\"top\">").Append(Top(column)).Append("</td>");
        }
        page.Append("</tr>");
    }

    private static string Type(ColumnReport column)
    {
        var name = column.Type.ToString().ToLowerInvariant();
        return column.Shape.Count == 0 ? name : $"{name} {string.Join("×", column.Shape)}";
    }

    private static string Top(ColumnReport column) =>
        string.Join(" · ", column.Top.Select(top => $"{Html.Escape(top.Value.Length > 40 ? top.Value[..40] + "…" : top.Value)} ({Html.Number(top.Count)})"));

    private static void Histogram(StringBuilder page, HistogramReport histogram)
    {
        const double Height = 34;
        var most = histogram.Counts.Max();
        if (most == 0) return;
        page.Append("<svg class=\"hist\" viewBox=\"0 0 160 34\" role=\"img\" aria-label=\"histogram from ")
            .Append(Html.Number(histogram.From)).Append(" to ").Append(Html.Number(histogram.To)).Append("\">");
        var width = 160.0 / histogram.Counts.Count;
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            if (histogram.Counts[i] == 0) continue;
            // A bin that holds anything is at least a visible line.
            var height = Math.Max(1, Height * histogram.Counts[i] / most);
            page.Append("<rect x=\"").Append(Html.Length(i * width)).Append("\" y=\"").Append(Html.Length(Height - height))
                .Append("\" width=\"").Append(Html.Length(width - 1)).Append("\" height=\"").Append(Html.Length(height)).Append("\"/>");
        }
        page.Append("</svg>");
    }
}
