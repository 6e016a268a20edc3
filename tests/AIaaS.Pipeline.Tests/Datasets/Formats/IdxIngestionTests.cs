using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;
using Apache.Arrow;
using Apache.Arrow.Arrays;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

public sealed class IdxIngestionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ingest_RealDigits_KeepsEveryPixelAndLabel()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("a-images", Builders.Idx(8, [500, 28, 28], Digits.Pixels));
        await rig.PutAsync("a-labels", Builders.Gzip(Builders.Idx(8, [500], Digits.Labels)));
        var record = await rig.IngestAsync();

        record.Error.ShouldBeNull();
        var dataset = await rig.OpenAsync();
        dataset.Schema.Features.ShouldHaveSingleItem().Shape.ShouldBe([28, 28, 1]);
        dataset.Schema.Label!.Categories.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        dataset.Report.Label!.Classes.ShouldAllBe(c => c.Rows == 50 && c.Train == 40 && c.Validation == 5 && c.Test == 5);
        var batch = (await rig.ReadAsync()).ShouldHaveSingleItem();
        var images = (FixedSizeBinaryArray)batch.Column(0);
        Enumerable.Range(0, 500).SelectMany(i => images.GetBytes(i).ToArray()).ToArray().ShouldBe(Digits.Pixels);
        ((Int32Array)batch.Column(1)).Values.ToArray().Select(i => (byte)i).ShouldBe(Digits.Labels);
    }

    [Fact]
    public async Task Ingest_ImagesWithoutLabels_WaitsAndThenTakesBoth()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var waiting = await rig.IngestAsync("images", Builders.Idx(8, [4, 2, 2], new byte[16]));
        waiting.Status.ShouldBe(DatasetStatus.Waiting);
        waiting.Error!.Message.ShouldContain("labels");

        var ready = await rig.IngestAsync("labels", Builders.Idx(8, [4], [0, 1, 0, 1]));
        ready.Status.ShouldBe(DatasetStatus.Ready);
        ready.Rows.ShouldBe(4);
    }

    [Fact]
    public async Task Ingest_TrainAndT10k_KeepsTestApartAndTakesValidationFromTrain()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("train-images-idx3-ubyte", Builders.Idx(8, [400, 28, 28], Digits.Pixels[..(400 * 784)]));
        await rig.PutAsync("train-labels-idx1-ubyte", Builders.Idx(8, [400], Digits.Labels[..400]));
        await rig.PutAsync("t10k-images-idx3-ubyte", Builders.Idx(8, [100, 28, 28], Digits.Pixels[(400 * 784)..]));
        await rig.PutAsync("t10k-labels-idx1-ubyte", Builders.Idx(8, [100], Digits.Labels[400..]));
        (await rig.IngestAsync()).Error.ShouldBeNull();

        var split = (await rig.OpenAsync()).Report.Split;
        split.Test.ShouldBe(100);
        split.Validation.ShouldBeInRange(35, 55);
        (split.Train + split.Validation).ShouldBe(400);
    }

    [Theory]
    [InlineData(new[] { 3, 2, 2 }, 16, "DatasetMalformed")]
    [InlineData(new[] { 4, 2, 2 }, 15, "DatasetMalformed")]
    [InlineData(new[] { -1, 65536, 65536 }, 16, "DatasetTooLarge")]
    [InlineData(new[] { 0, 2, 2 }, 0, "DatasetEmpty")]
    [InlineData(new[] { 65536, -1, -1, -1 }, 4, "DatasetTooLarge")]
    public async Task Ingest_HeaderThatLies_FailsTyped(int[] shape, int bytes, string code)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("images", Builders.Idx(8, shape, new byte[bytes]));
        record.Status.ShouldBe(DatasetStatus.Failed);
        record.Error!.Code.ShouldBe(code);
        (await rig.DroppedAsync()).ShouldHaveSingleItem();
    }
}
