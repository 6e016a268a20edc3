using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;
using Apache.Arrow;

namespace AIaaS.Pipeline.Tests.Datasets.Ingestion;

public sealed class CsvIngestionTests(AzuriteFixture azurite)
{
    private static string Table(int rows, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("age,city,income,label\n");
        for (var i = 0; i < rows; i++)
            text.Append($"{random.Next(18, 90)},{(random.Next(2) == 0 ? "Bern" : "Zürich")},{random.NextDouble() * 1000:F3},{(random.Next(3) == 0 ? "yes" : "no")}\n");
        return text.ToString();
    }

    [Fact]
    public async Task Ingest_Table_IsReadyWithInferredSchemaAndPlaintextGone()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("people.csv", Table(1000));

        record.Error.ShouldBeNull();
        record.Status.ShouldBe(DatasetStatus.Ready);
        record.Rows.ShouldBe(1000);
        (await rig.DroppedAsync()).ShouldBeEmpty();
        var dataset = await rig.OpenAsync();
        dataset.Schema.Features.Select(f => (f.Name, f.Type)).ShouldBe([("age", ColumnType.Number), ("city", ColumnType.Category), ("income", ColumnType.Number)]);
        dataset.Schema.Features[1].Categories.ShouldBe(["Bern", "Zürich"]);
        dataset.Schema.Label!.Categories.ShouldBe(["no", "yes"]);
        dataset.Report.Label!.Why.ShouldContain("label");
        dataset.Report.Split.Train.ShouldBeInRange(796, 804);
        dataset.Report.Split.Test.ShouldBeInRange(98, 102);
    }

    [Fact]
    public async Task Read_Table_GivesBackEveryValue()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.IngestAsync("t.csv", "a;b;y\n1.5;x;0\n;\"q;\"\"z\"\"\";1\n-3;;0\n");

        var batch = (await rig.ReadAsync()).ShouldHaveSingleItem();
        batch.Schema.FieldsList.Select(f => f.Name).ShouldBe(["a", "b", "y", "$split"]);
        ((DoubleArray)batch.Column(0)).ToArray().ShouldBe([1.5, null, -3.0]);
        var categories = (await rig.OpenAsync()).Schema.Features[1].Categories;
        ((Int32Array)batch.Column(1)).Select(i => i is { } index ? categories[index] : null).ShouldBe(["x", "q;\"z\"", null]);
        ((Int32Array)batch.Column(2)).ToArray().ShouldBe([0, 1, 0]);
    }
}
