using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Datasets.Ingestion;

/// <summary>Fault cases R3, R5, R6 and R11 of ingestion.</summary>
public sealed class ConcurrencyTests(AzuriteFixture azurite)
{
    private static string Table(int rows, string tag) => "a,label\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{tag}{i % 2}\n"));

    [Fact]
    public async Task Ingest_EightAtOnce_GiveOneResult()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        // The key is there: eight at once making it is what the keys' tests are about.
        await rig.IngestAsync("before.csv", Table(10, "x"));
        await rig.PutAsync("a.csv", Table(500, "x"));
        await rig.PutAsync("b.csv", Table(500, "x"));
        var records = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(rig.IngestAsync)));
        records.Distinct().ShouldHaveSingleItem().Rows.ShouldBe(1000);
        (await rig.DroppedAsync()).ShouldBeEmpty();
        (await rig.ReadAsync()).Sum(batch => batch.Length).ShouldBe(1000);
        (await rig.IngestAsync()).ShouldBe(records[0]);
    }

    [Fact]
    public async Task Ingest_NewDropIntoReadyDataset_MakesANewVersionAndKeepsTheOldReadable()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var first = await rig.IngestAsync("a.csv", Table(100, "x"));
        var second = await rig.IngestAsync("a.csv", Table(200, "z"));
        second.Version.ShouldNotBe(first.Version);
        second.Rows.ShouldBe(200);
        (await rig.OpenAsync(first.Version)).Rows.ShouldBe(100);
        (await rig.OpenAsync()).Schema.Label!.Categories.ShouldBe(["z0", "z1"]);
    }

    [Fact]
    public async Task Ingest_BadDropIntoReadyDataset_LeavesTheCommittedVersionReadable()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var first = await rig.IngestAsync("a.csv", Table(100, "x"));
        var failed = await rig.IngestAsync("a.csv", "");
        failed.Status.ShouldBe(DatasetStatus.Failed);
        failed.ManifestBlob.ShouldBe(first.ManifestBlob);
        (await rig.OpenAsync()).Rows.ShouldBe(100);

        await rig.Blob("a.csv").DeleteAsync();
        (await rig.IngestAsync()).Status.ShouldBe(DatasetStatus.Ready);
    }

    [Fact]
    public async Task Ingest_SameContent_HasTheSameDigestInEveryDataset()
    {
        await using var one = await DatasetRig.StartAsync(azurite);
        await using var two = await DatasetRig.StartAsync(azurite);
        var record = await one.IngestAsync("a.csv", Table(100, "x"));
        (await two.IngestAsync("other-name", Table(100, "x"))).Digest.ShouldBe(record.Digest);
        record.Digest.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Table(100, "x")))));
    }

    [Fact]
    public async Task Ingest_BlobReplacedWhileRead_NeverMixes()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        // Large enough for several ranges; replaced again and again while ingestion runs.
        var tables = new[] { Table(400_000, "x"), Table(400_000, "y") };
        await rig.PutAsync("a.csv", tables[0]);
        var ingestion = Task.Run(rig.IngestAsync);
        for (var i = 1; i <= 3; i++) await rig.PutAsync("a.csv", tables[i % 2]);
        var record = await ingestion;
        record.Error.ShouldBeNull();
        var last = await rig.IngestAsync();
        last.Rows.ShouldBe(400_000);
        (await rig.OpenAsync()).Schema.Label!.Categories.ShouldBe(["y0", "y1"]);
    }

    [Fact]
    public async Task Sweep_TwoHundredDropsWithoutEvents_FindsAllAndNoneTwice()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var names = Enumerable.Range(0, 200).Select(i => $"{rig.Name}-{i}").ToList();
        var container = rig.Storage.Container(AIaaS.Pipeline.Storage.StorageLayout.DatasetsContainer);
        foreach (var name in names) await container.GetBlobClient(name + "/data.csv").UploadAsync(BinaryData.FromString(Table(20, "x")));

        (await FoundAsync(rig)).ShouldBe(names, ignoreOrder: true);
        var ingestion = rig.Get<DatasetIngestion>();
        foreach (var name in names.Take(20)) (await ingestion.RunAsync(name, CancellationToken.None)).Status.ShouldBe(DatasetStatus.Ready);
        (await FoundAsync(rig)).ShouldBe(names.Skip(20), ignoreOrder: true);
    }

    [Fact]
    public async Task Sweep_FailedDrop_IsLeftAloneUntilItChanges()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.IngestAsync("a.csv", "");
        (await FoundAsync(rig)).ShouldBeEmpty();
        await rig.PutAsync("a.csv", Table(10, "x"));
        (await FoundAsync(rig)).ShouldBe([rig.Name]);
    }

    private static async Task<List<string>> FoundAsync(DatasetRig rig)
    {
        var found = new List<string>();
        await foreach (var name in rig.Sweep.FindAsync(TimeSpan.Zero, CancellationToken.None))
        {
            if (name.StartsWith(rig.Name, StringComparison.Ordinal) && (name.Length == rig.Name.Length || name[rig.Name.Length] == '-')) found.Add(name);
        }
        return found;
    }
}
