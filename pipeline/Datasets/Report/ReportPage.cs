using System.Text;
using AIaaS.Pipeline.Datasets.Report;

namespace AIaaS.Pipeline.Datasets;

/// <summary>The report as one HTML page: no script, no outside references, every text of the data escaped.</summary>
public static class ReportPage
{
    /// <summary>Columns drawn; a page of ten thousand rows helps nobody, and the JSON has all.</summary>
    private const int MaxColumns = 500;
    private const int MaxReasons = 50;
    private const int MaxClasses = 200;
    private const int MaxFiles = 100;

    public static string Render(DatasetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<title>").Append(Html.Escape(report.Dataset)).Append(" · dataset report</title><style>").Append(ReportStyle.Css).Append("</style></head><body><main>");
        Header(page, report);
        ReportSections.Warnings(page, report.Warnings);
        if (report.Label is { } label) ReportSections.Label(page, label, MaxClasses);
        ColumnTable.Write(page, report.Columns, report.Rows, MaxColumns);
        ReportSections.Rejected(page, report.Rejected, report.Rows, MaxReasons);
        ReportSections.Files(page, report.Files, MaxFiles);
        return page.Append("</main></body></html>").ToString();
    }

    private static void Header(StringBuilder page, DatasetReport report)
    {
        page.Append("<header><h1>").Append(Html.Escape(report.Dataset)).Append("</h1><p class=\"sub\">version <code>").Append(Html.Escape(report.Version))
            .Append("</code> · ").Append(Html.Escape(report.Format)).Append(" · digest <code title=\"").Append(Html.Escape(report.Digest)).Append("\">")
            .Append(Html.Escape(report.Digest[..Math.Min(12, report.Digest.Length)])).Append("…</code>");
        if (report.Licence is { } licence) page.Append(" · licence ").Append(Html.Escape(licence));
        page.Append("</p>");
        if (report.Description is { } description) page.Append("<p>").Append(Html.Escape(description)).Append("</p>");
        page.Append("</header><section class=\"tiles\">");
        Tile(page, "rows", Html.Number(report.Rows), "accepted");
        Tile(page, "columns", Html.Number(report.Columns.Count), report.Label is null ? "no label" : $"label: {report.Label.Column}");
        Tile(page, "rejected", Html.Number(report.Rejected.Rows), $"at most {report.Rejected.Threshold:P1} may be");
        Tile(page, "duplicates", (report.Duplicates.Exact ? "" : "≈ ") + Html.Number(report.Duplicates.Rows), report.Duplicates.Exact ? "exact" : "estimated from a sample");
        Tile(page, "train", Html.Number(report.Split.Train), Html.Share(report.Split.Train, report.Rows), "train");
        Tile(page, "validation", Html.Number(report.Split.Validation), Html.Share(report.Split.Validation, report.Rows), "validation");
        Tile(page, "test", Html.Number(report.Split.Test), Html.Share(report.Split.Test, report.Rows), "test");
        page.Append("</section><p class=\"sub\">Split: ").Append(Html.Escape(report.Split.How)).Append(".</p>");
    }

    private static void Tile(StringBuilder page, string name, string value, string note, string kind = "") => page
        .Append("<div class=\"tile ").Append(kind).Append("\"><b>").Append(value).Append("</b><span>").Append(name).Append("</span><small>")
        .Append(Html.Escape(note)).Append("</small></div>");
}
