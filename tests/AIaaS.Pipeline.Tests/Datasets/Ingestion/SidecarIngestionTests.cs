using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Storage.Blobs;

namespace AIaaS.Pipeline.Tests.Datasets.Ingestion;

public sealed class SidecarIngestionTests(AzuriteFixture azurite)
{
    private static string Rows(int count, int from = 0) => string.Concat(Enumerable.Range(from, count).Select(i => $"{i},{(i % 5 == 0 ? "NA" : "v" + i % 3)},{(i % 10 == 0 ? "test" : "train")},{i * 0.5}\n"));

    [Fact]
    public async Task Ingest_NamedFiles_WaitsForAllAndMakesOneDataset()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "files: [a.csv, b.csv]\nlabel: target");
        (await rig.IngestAsync()).Status.ShouldBe(DatasetStatus.Waiting);
        var waiting = await rig.IngestAsync("a.csv", "n,c,part,target\n" + Rows(50));
        waiting.Status.ShouldBe(DatasetStatus.Waiting);
        waiting.Error!.Message.ShouldContain("b.csv");
        // The columns of the second file are in another order.
        var ready = await rig.IngestAsync("b.csv", "c,n,part,target\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"v1,{i},train,{i}\n")));
        ready.Error.ShouldBeNull();
        ready.Rows.ShouldBe(100);
        (await rig.OpenAsync()).Schema.Features[0].Type.ShouldBe(ColumnType.Number);
    }

    [Fact]
    public async Task Ingest_TypesSplitColumnMissingTextsAndRegression_AreKept()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "label: target\ntask: regression\ntypes: {n: category}\nsplit: {column: part}\nmissing: [NA]\nlicence: CC0");
        (await rig.IngestAsync("a.csv", "n,c,part,target\n" + Rows(100))).Error.ShouldBeNull();
        var dataset = await rig.OpenAsync();
        dataset.Schema.Label!.Type.ShouldBe(ColumnType.Number);
        dataset.Schema.Features.Select(f => (f.Name, f.Type)).ShouldBe([("n", ColumnType.Category), ("c", ColumnType.Category)]);
        dataset.Schema.Features[0].Categories.Take(4).ShouldBe(["0", "1", "2", "3"]);
        dataset.Schema.Features[1].Categories.ShouldBe(["v0", "v1", "v2"]);
        dataset.Report.Columns[1].Missing.ShouldBe(20);
        (dataset.Report.Split.Train, dataset.Report.Split.Test).ShouldBe((90, 10));
        dataset.Report.Licence.ShouldBe("CC0");
    }

    [Fact]
    public async Task Ingest_Report_CountsAsAnIndependentCalculationDoes()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        double[] values = [1, 2, 2, 4, 10, 11, 12, 3.5, -6, 2];
        await rig.IngestAsync("a.csv", "n,label\n" + string.Concat(values.Select((v, i) => $"{v},{(i % 2 == 0 ? "a" : "b")}\n")) + ",a\n2,a\n");
        double[] all = [.. values, 2];
        var report = (await rig.OpenAsync()).Report;
        var column = report.Columns[0];
        (column.Count, column.Missing, column.Distinct).ShouldBe((11, 1, 8));
        column.Numbers!.Min.ShouldBe(-6);
        column.Numbers.Max.ShouldBe(12);
        column.Numbers.Mean.ShouldBe(all.Average(), 1e-12);
        column.Numbers.StandardDeviation.ShouldBe(Math.Sqrt(all.Average(v => (v - all.Average()) * (v - all.Average()))), 1e-12);
        column.Numbers.Histogram.Counts.Sum().ShouldBe(11);
        report.Duplicates.ShouldBe(new DuplicateReport(2, true, 1_000_000));
        report.Label!.Classes.Select(c => (c.Name, c.Rows)).ShouldBe([("a", 7), ("b", 5)]);
    }

    [Fact]
    public async Task Ingest_SecretInTheData_LiesNowhereInTheClear()
    {
        const string Canary = "canary-5f1b";
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.IngestAsync("a.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{Canary}{i},{i % 2}\n")) + $"{Canary},{Canary},1\n");
        foreach (var container in (BlobContainerClient[])[rig.Storage.Container(StorageLayout.VaultContainer), rig.Storage.Container(StorageLayout.DatasetsContainer)])
        {
            await foreach (var blob in container.GetBlobsAsync(new() { Prefix = container.Name == StorageLayout.VaultContainer ? $"datasets/{rig.Name}/" : rig.Name }, CancellationToken.None))
                Encoding.UTF8.GetString((await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content).ShouldNotContain("canary");
        }
    }

    [Fact]
    public async Task Open_UnknownOrUnfinished_SaysWhich()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await Should.ThrowAsync<PipelineException>(() => rig.OpenAsync())).Code.ShouldBe(ProblemCodes.DatasetNotFound);
        (await Should.ThrowAsync<PipelineException>(rig.IngestAsync)).Code.ShouldBe(ProblemCodes.DatasetNotFound);
        await rig.IngestAsync("a.csv", "");
        (await Should.ThrowAsync<PipelineException>(() => rig.OpenAsync())).Code.ShouldBe(ProblemCodes.DatasetNotReady);
        (await Should.ThrowAsync<PipelineException>(() => rig.OpenAsync("0000000000000000"))).Code.ShouldBe(ProblemCodes.KeyNotFound);
    }
}
