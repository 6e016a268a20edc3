using System.Text;

namespace AIaaS.Pipeline.Datasets.Report;

/// <summary>The page's parts but for the columns.</summary>
internal static class ReportSections
{
    public static void Warnings(StringBuilder page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0) return;
        page.Append("<h2>To look at before training</h2>");
        foreach (var warning in warnings.Take(100)) page.Append("<p class=\"warn\">").Append(Html.Escape(warning)).Append("</p>");
    }

    public static void Label(StringBuilder page, LabelReport label, int maxClasses)
    {
        page.Append("<h2>Label: ").Append(Html.Escape(label.Column)).Append("</h2><p class=\"sub\">")
            .Append(Html.Escape(char.ToUpperInvariant(label.Task[0]) + label.Task[1..])).Append("; ").Append(Html.Escape(label.Why)).Append(".</p>");
        if (label.Classes.Count == 0) return;
        page.Append("<p class=\"sub\"><i class=\"key train\"></i>train<i class=\"key validation\"></i>validation<i class=\"key test\"></i>test</p>")
            .Append("<div class=\"card\"><table><tr><th>class</th><th class=\"n\">rows</th><th class=\"n\">share</th><th>balance</th></tr>");
        var all = label.Classes.Sum(c => c.Rows);
        var most = Math.Max(1, label.Classes.Max(c => c.Rows));
        foreach (var row in label.Classes.Take(maxClasses))
        {
            page.Append("<tr><td class=\"name\">").Append(Html.Escape(row.Name)).Append("</td><td class=\"n\">").Append(Html.Number(row.Rows))
                .Append("</td><td class=\"n\">").Append(Html.Share(row.Rows, all)).Append("</td><td style=\"width:60%\">");
            Bar(page, row, most);
            page.Append("</td></tr>");
        }
        More(page, label.Classes.Count - maxClasses, 4);
        page.Append("</table></div>");
    }

    public static void Rejected(StringBuilder page, RejectReport rejected, long rows, int maxReasons)
    {
        if (rejected.Rows == 0) return;
        page.Append("<h2>Rejected rows</h2><p class=\"sub\">").Append(Html.Number(rejected.Rows)).Append(" of ").Append(Html.Number(rejected.Rows + rows))
            .Append(" rows; file and line of each are in the rejects file.</p><div class=\"card\"><table><tr><th>reason</th><th class=\"n\">rows</th><th>first at</th></tr>");
        foreach (var reason in rejected.Reasons.Take(maxReasons))
        {
            page.Append("<tr><td>").Append(Html.Escape(reason.Reason)).Append("</td><td class=\"n\">").Append(Html.Number(reason.Rows))
                .Append("</td><td><code>").Append(Html.Escape(reason.FirstAt)).Append("</code></td></tr>");
        }
        More(page, rejected.Reasons.Count - maxReasons, 3);
        page.Append("</table></div>");
    }

    public static void Files(StringBuilder page, IReadOnlyList<ReportFile> files, int maxFiles)
    {
        page.Append("<h2>Files</h2><div class=\"card\"><table><tr><th>name</th><th class=\"n\">bytes</th><th>SHA-256</th></tr>");
        foreach (var file in files.Take(maxFiles))
        {
            page.Append("<tr><td class=\"name\">").Append(Html.Escape(file.Name)).Append("</td><td class=\"n\">").Append(Html.Number(file.Bytes))
                .Append("</td><td><code>").Append(Html.Escape(file.Sha256)).Append("</code></td></tr>");
        }
        More(page, files.Count - maxFiles, 3);
        page.Append("</table></div>");
    }

    public static void More(StringBuilder page, int more, int columns)
    {
        if (more > 0) page.Append("<tr><td class=\"sub\" colspan=\"").Append(columns).Append("\">and ").Append(Html.Number(more)).Append(" more; the JSON report has all</td></tr>");
    }

    private static void Bar(StringBuilder page, ClassReport row, long most)
    {
        const double Width = 1000;
        page.Append("<svg class=\"bar\" viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
            .Append(Html.Number(row.Train)).Append(" train, ").Append(Html.Number(row.Validation)).Append(" validation, ").Append(Html.Number(row.Test)).Append(" test\">");
        double x = 0;
        foreach (var (part, rows) in ((string, long)[])[("train", row.Train), ("validation", row.Validation), ("test", row.Test)])
        {
            var width = Width * rows / most;
            page.Append("<rect class=\"").Append(part).Append("-f\" x=\"").Append(Html.Length(x)).Append("\" width=\"").Append(Html.Length(width)).Append("\" height=\"14\"/>");
            x += width;
        }
        page.Append("</svg>");
    }
}
