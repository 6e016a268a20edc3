using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

/// <summary>Fault cases D1, D2 and D5 with archives that are really built.</summary>
public sealed class ZipBombTests(AzuriteFixture azurite)
{
    private static readonly (string, byte[])[] Pets = [("cat/1.png", Builders.Png(2, 2, 1, 2, 3)), ("dog/1.png", Builders.Png(2, 2, 3, 2, 1))];

    private async Task<DatasetRecord> IngestAsync(byte[] archive)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("a.zip", archive);
        record.Status.ShouldBe(DatasetStatus.Failed);
        return record;
    }

    [Fact]
    public async Task Ingest_HighlyCompressedEntry_IsRefusedByItsDeclaredRatio()
    {
        var record = await IngestAsync(Builders.Zip([.. Pets, ("cat/bomb.png", new byte[64 << 20])]));
        record.Error!.Code.ShouldBe("DatasetTooLarge");
    }

    [Fact]
    public async Task Ingest_DeclaredLengthThatLies_IsCaughtWhileInflating()
    {
        var archive = Builders.Zip([("cat/bomb.png", new byte[32 << 20]), .. Pets]);
        // In the directory the bomb's length becomes that of a small file.
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(Directory(archive, 0) + 24), 1000);
        (await IngestAsync(archive)).Error!.Code.ShouldBeOneOf("DatasetMalformed", "DatasetTooLarge");
    }

    [Fact]
    public async Task Ingest_OverlappingEntries_AreRefused()
    {
        var archive = Builders.Zip(Enumerable.Range(0, 50).Select(i => ($"cat/{i}.png", Builders.Png(2, 2, 1, 2, (byte)i))));
        // All entries use the bytes of the first.
        for (var i = 1; i < 50; i++) BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(Directory(archive, i) + 42), 0);
        var record = await IngestAsync(archive);
        record.Error!.Message.ShouldContain("overlap");
    }

    [Fact]
    public async Task Ingest_ArchiveInArchive_IsNotOpened()
    {
        var record = await IngestAsync(Builders.Zip([.. Pets, ("cat/inner.zip", Builders.Zip(Pets))]));
        record.Error!.Code.ShouldBe("DatasetRejected");
        record.Error.Message.ShouldContain("no PNG");
    }

    [Theory]
    [InlineData("../cat/1.png")]
    [InlineData("cat/../../1.png")]
    [InlineData("/cat/1.png")]
    [InlineData("C:/cat/1.png")]
    [InlineData("cat\\1.png")]
    [InlineData("cat/1\u0001.png")]
    [InlineData("CAT/1.PNG")]
    public async Task Ingest_NameThatReachesOutOrCollides_IsRefused(string name)
    {
        var record = await IngestAsync(Builders.Zip([.. Pets, (name, Builders.Png(2, 2, 0, 0, 0))]));
        record.Error!.Code.ShouldBe("DatasetMalformed");
        record.Error.Message.ShouldContain("holds a file");
    }

    [Fact]
    public async Task Ingest_SymbolicLink_IsRefused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var link = zip.CreateEntry("cat/link.png");
            link.ExternalAttributes = 0xA1FF << 16;
            using var stream = link.Open();
            stream.Write("/etc/passwd"u8);
        }
        (await IngestAsync(bytes.ToArray())).Error!.Message.ShouldContain("symbolic link");
    }

    [Fact]
    public async Task Ingest_DamagedEntry_IsCaughtByItsChecksum()
    {
        var archive = Builders.Zip(Pets, CompressionLevel.NoCompression);
        archive[60] ^= 1;
        (await IngestAsync(archive)).Error!.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Ingest_Polyglots_AreToldByTheirFirstBytes()
    {
        (await IngestAsync([.. "%PDF-1.7\n"u8, .. Builders.Zip(Pets)])).Error!.Message.ShouldContain("PDF");
        (await IngestAsync([.. Builders.Png(2, 2, 0, 0, 0), .. Builders.Zip(Pets)])).Error!.Message.ShouldContain("single image");
        (await IngestAsync([.. Builders.Zip(Pets), .. "trailing"u8])).Error!.Code.ShouldBe("DatasetMalformed");
    }

    [Fact]
    public async Task Ingest_GzipBomb_IsRefusedWhileInflating()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 4 << 20)));
        (await IngestAsync(Builders.Gzip(lines))).Error!.Code.ShouldBe("DatasetTooLarge");
    }

    [Fact]
    public async Task Ingest_GzipCutOff_IsCaught()
    {
        var random = new Random(3);
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 20_000).Select(_ => $"{random.Next()},{random.Next(2)}\n"));
        (await IngestAsync(Builders.Gzip(Encoding.UTF8.GetBytes(text))[..^2000])).Error!.Code.ShouldBe("DatasetMalformed");
    }

    /// <summary>Offset of the nth header of the central directory.</summary>
    private static int Directory(byte[] archive, int n)
    {
        var at = archive.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var offset = BinaryPrimitives.ReadInt32LittleEndian(archive.AsSpan(at + 16));
        for (; n > 0; n--)
        {
            offset += 46 + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(offset + 28))
                + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(offset + 30)) + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(offset + 32));
        }
        return offset;
    }
}
