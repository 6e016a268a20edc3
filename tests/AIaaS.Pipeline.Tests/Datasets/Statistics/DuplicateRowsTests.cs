using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Datasets.Statistics;

namespace AIaaS.Pipeline.Tests.Datasets.Statistics;

public sealed class DuplicateRowsTests
{
    [Fact]
    public void Report_FewRows_IsExact()
    {
        var rows = new DuplicateRows(100);
        foreach (ulong hash in (ulong[])[1, 2, 3, 2, 2, 1]) rows.Add(hash);
        rows.Report().ShouldBe(new DuplicateReport(3, true, 100));
    }

    [Fact]
    public void Report_MoreRowsThanAreKept_EstimatesWithinAFewPercent()
    {
        var rows = new DuplicateRows(2_000);
        var hashes = new SplitMix64(9);
        for (var i = 0; i < 100_000; i++)
        {
            var hash = hashes.Next();
            rows.Add(hash);
            if (i % 4 == 0) rows.Add(hash);
        }
        var report = rows.Report();
        report.Exact.ShouldBeFalse();
        report.Rows.ShouldBeInRange(21_000, 29_000);
    }
}
