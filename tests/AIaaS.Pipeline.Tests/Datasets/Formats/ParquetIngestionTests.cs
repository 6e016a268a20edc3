using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;
using Apache.Arrow;
using Parquet;
using Parquet.Schema;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

public sealed class ParquetIngestionTests(AzuriteFixture azurite)
{
    private static async Task<byte[]> FileAsync(int rows, int groups = 1)
    {
        var number = new DataField<double>("n", true);
        var whole = new DataField<int>("i", false);
        var text = new DataField<string>("s");
        var flag = new DataField<bool>("label", false);
        using var bytes = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(number, whole, text, flag), bytes))
        {
            for (var g = 0; g < groups; g++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<double>(number, new ReadOnlyMemory<double?>([.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? null : (double?)i / 2)]));
                await group.WriteAsync<int>(whole, Enumerable.Range(0, rows).ToArray());
                await group.WriteAsync(text, Enumerable.Range(0, rows).Select(i => i % 4 == 0 ? null : "t" + (i % 2)).ToList()!);
                await group.WriteAsync<bool>(flag, Enumerable.Range(0, rows).Select(i => i % 2 == 0).ToArray());
            }
        }
        return bytes.ToArray();
    }

    [Fact]
    public async Task Ingest_TwoRowGroups_KeepsEveryValueAndNull()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await rig.IngestAsync("t", await FileAsync(50, groups: 2))).Error.ShouldBeNull();
        var dataset = await rig.OpenAsync();
        dataset.Schema.Features.Select(f => f.Type).ShouldBe([ColumnType.Number, ColumnType.Number, ColumnType.Category]);
        dataset.Schema.Label!.Categories.ShouldBe(["false", "true"]);
        var batch = (await rig.ReadAsync()).ShouldHaveSingleItem();
        ((DoubleArray)batch.Column(0)).ToArray().ShouldBe([.. Enumerable.Range(0, 100).Select(i => i % 50 % 3 == 0 ? null : (double?)(i % 50) / 2)]);
        ((Int32Array)batch.Column(2)).Select(i => i is { } index ? dataset.Schema.Features[2].Categories[index] : null)
            .ShouldBe(Enumerable.Range(0, 100).Select(i => i % 50 % 4 == 0 ? null : "t" + (i % 2)));
    }

    [Fact]
    public async Task Ingest_EveryBytePossiblyDamaged_NeverThrowsAnythingButATypedFailure()
    {
        var good = await FileAsync(20);
        var random = new Random(5);
        await using var rig = await DatasetRig.StartAsync(azurite);
        for (var i = 0; i < 30; i++)
        {
            var bad = (byte[])good.Clone();
            for (var flips = 0; flips < 4; flips++) bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            var record = await rig.IngestAsync("t", bad);
            record.Status.ShouldBeOneOf(DatasetStatus.Ready, DatasetStatus.Failed);
        }
    }

    [Fact]
    public async Task Ingest_PageThatDeclaresGigabytes_IsRefusedBeforeItIsDecoded()
    {
        // A footer is honest; the page header behind it says 2^31 - 1 bytes.
        var good = await FileAsync(20);
        var at = 4;
        good[at].ShouldBe((byte)0x15);
        var bad = (byte[])good.Clone();
        // type i32, uncompressed i32: zigzag varints; widen the second by rewriting the first page header in place.
        bad[at + 2].ShouldBe((byte)0x15);
        for (var i = 0; i < 4; i++) bad[at + 3 + i] = 0xFE;
        bad[at + 7] = 0x0F;
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await rig.IngestAsync("t", bad)).Error!.Code.ShouldBeOneOf("DatasetMalformed", "DatasetTooLarge");
    }

    [Fact]
    public async Task Ingest_CutOff_SaysSo()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("t", (await FileAsync(20))[..^10]);
        record.Error!.Message.ShouldContain("cut off");
    }

    [Fact]
    public async Task Ingest_FooterOfDeepStructs_IsRefusedBeforeTheLibraryRecurses()
    {
        var footer = Enumerable.Repeat((byte)0x1C, 200_000).ToArray();
        byte[] file = [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
        await using var rig = await DatasetRig.StartAsync(azurite);
        (await rig.IngestAsync("t", file)).Error!.Message.ShouldContain("footer");
    }
}
