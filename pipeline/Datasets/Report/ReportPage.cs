namespace AIaaS.Pipeline.Datasets;

/// <summary>The report as one HTML page: no script, no outside references.</summary>
public static class ReportPage
{
    public static string Render(DatasetReport report) => throw new NotSupportedException(report.Dataset);
}
