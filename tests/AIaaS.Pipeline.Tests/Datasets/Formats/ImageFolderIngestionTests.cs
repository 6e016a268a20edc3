using AIaaS.Testing;
using Apache.Arrow.Arrays;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

public sealed class ImageFolderIngestionTests(AzuriteFixture azurite)
{
    private static IEnumerable<(string, byte[])> Classes(string prefix, int each) => Enumerable.Range(0, each)
        .SelectMany(i => new[] { ($"{prefix}cat/{i}.png", Builders.Png(6, 4, 200, (byte)i, 3)), ($"{prefix}dog/{i}.png", Builders.Png(6, 4, 7, (byte)i, 9)) });

    [Fact]
    public async Task Ingest_ClassFolders_TakesFolderAsLabelAndEveryPixel()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("pets.zip", Builders.Zip(Classes("pets/", 10).Append(("__MACOSX/pets/cat/._0.png", [1, 2]))));
        record.Error.ShouldBeNull();
        record.Rows.ShouldBe(20);
        var dataset = await rig.OpenAsync();
        dataset.Schema.Features[0].Shape.ShouldBe([4, 6, 3]);
        dataset.Schema.Label!.Categories.ShouldBe(["cat", "dog"]);
        var images = (FixedSizeBinaryArray)(await rig.ReadAsync())[0].Column(0);
        images.GetBytes(0)[..3].ToArray().ShouldBe([200, 0, 3]);
        images.GetBytes(3)[^3..].ToArray().ShouldBe([7, 1, 9]);
    }

    [Fact]
    public async Task Ingest_TrainAndTestFolders_KeepTheParts()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await rig.IngestAsync("pets", Builders.Zip(Classes("train/", 40).Concat(Classes("test/", 10))))).Error.ShouldBeNull();
        (await rig.OpenAsync()).Report.Split.Test.ShouldBe(20);
    }

    [Fact]
    public async Task Ingest_WantedSize_ScalesAndTurnsGrey()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "image: {width: 3, height: 2, channels: 1}");
        (await rig.IngestAsync("pets", Builders.Zip(Classes("", 5).Append(("cat/big.png", Builders.Png(60, 40, 255, 255, 255)))))).Error.ShouldBeNull();
        var images = (FixedSizeBinaryArray)(await rig.ReadAsync())[0].Column(0);
        (await rig.OpenAsync()).Schema.Features[0].Shape.ShouldBe([2, 3, 1]);
        images.GetBytes(10).ToArray().ShouldAllBe(value => value == 255);
    }

    [Fact]
    public async Task Ingest_ImageOfAnotherSize_IsRejectedAndSaysHowToScale()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("pets", Builders.Zip(Classes("", 5).Append(("cat/big.png", Builders.Png(60, 40, 0, 0, 0)))));
        record.Error!.Code.ShouldBe("DatasetRejected");
        record.Error.Message.ShouldContain("image: {width, height, channels}");
    }

    [Fact]
    public async Task Ingest_PngBomb_IsRejectedByItsHeader()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "reject_threshold: 0.5");
        var bomb = Builders.Png(1, 1, 0, 0, 0);
        // Width and height of IHDR, and its CRC.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 65_535);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 65_535);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(bomb.AsSpan(12, 17)));
        var record = await rig.IngestAsync("pets", Builders.Zip(Classes("", 5).Append(("dog/bomb.png", bomb))));
        record.Error.ShouldBeNull();
        (await rig.OpenAsync()).Report.Rejected.Reasons.ShouldHaveSingleItem().Reason.ShouldContain("pixels");
    }
}
