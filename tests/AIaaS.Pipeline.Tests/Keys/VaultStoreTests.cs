using System.Text;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Tests.Keys;

public sealed class VaultStoreTests(AzuriteFixture azurite)
{
    private const int Region = 4 * 1024 * 1024;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, string> NoProperties = [];

    [Fact]
    public async Task Read_OfBlobsOfEveryShape_GivesWhatWasWritten()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("store-shapes");
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        var contents = new[] { 0, 1, 27, 28, Region - 1, Region, Region + 1, (2 * Region) + 12_345 }.Select((length, seed) => Bytes(length, seed)).ToList();
        var blobs = new List<ManifestBlob>();
        for (var i = 0; i < contents.Count; i++) blobs.Add(await writer.WriteAsync($"{scope.Prefix}v/1/{i}.arrow", contents[i], None));
        var path = await writer.CommitAsync("v/1", blobs, new Dictionary<string, string>(StringComparer.Ordinal) { ["schema"] = "{}" }, None);

        // Another process of the service reads.
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var reader = await other.Get<VaultStore>().OpenReaderAsync(scope, path, None);
        reader.Manifest.Id.ShouldBe("v/1");
        reader.Manifest.Properties["schema"].ShouldBe("{}");
        reader.Manifest.Blobs.ShouldBe(blobs);
        for (var i = 0; i < contents.Count; i++) (await reader.ReadAsync(reader.Manifest.Blobs[i], None)).AsSpan().SequenceEqual(contents[i]).ShouldBeTrue($"blob {i}");
    }

    [Fact]
    public async Task Storage_OfBlobsAndManifest_HoldsNoPlaintext()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("store-plain");
        var canary = Encoding.UTF8.GetBytes("canary-7f3a9c-do-not-leak");
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        var blob = await writer.WriteAsync(scope.Prefix + "v/1/0.arrow", canary, None);
        await writer.CommitAsync("v/1", [blob], new Dictionary<string, string>(StringComparer.Ordinal) { ["categories"] = Encoding.UTF8.GetString(canary) }, None);

        var seen = 0;
        var container = host.Storage.Container(StorageLayout.VaultContainer);
        await foreach (var item in container.GetBlobsAsync(new GetBlobsOptions { Prefix = scope.Prefix, Traits = BlobTraits.Metadata }))
        {
            var raw = (await container.GetBlobClient(item.Name).DownloadContentAsync()).Value.Content.ToArray();
            raw.AsSpan().IndexOf("canary"u8).ShouldBe(-1, item.Name);
            string.Concat(item.Metadata.Values).ShouldNotContain("canary");
            seen++;
        }
        seen.ShouldBe(4, "shard, manifest, key record and key state");
        foreach (var file in Directory.GetFiles(host.VaultFolder, "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("canary"u8).ShouldBe(-1, file);
    }

    [Fact]
    public async Task Read_OfAHundredBlobs_UnwrapsOnce()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("store-unwraps");
        var (path, _) = await WriteAsync(host, scope, "v/1", [.. Enumerable.Range(0, 100).Select(i => Bytes(100, i))]);

        await using var other = await PipelineHost.StartAsync(azurite, host);
        using var calls = new VaultCallCounter(other);
        var reader = await other.Get<VaultStore>().OpenReaderAsync(scope, path, None);
        await Parallel.ForEachAsync(reader.Manifest.Blobs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (blob, _) => await reader.ReadAsync(blob, None));
        calls["unwrap"].ShouldBe(1);
        calls["get"].ShouldBe(1, "the public key, for the signatures");
        calls["sign"].ShouldBe(0);
    }

    [Fact]
    public async Task Write_OutsideTheScope_IsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var writer = await host.Get<VaultStore>().OpenWriterAsync(VaultScope.Dataset("store-paths"), None);
        foreach (var path in (string[])[
            "datasets/other/v/1/0.arrow", "datasets/store-paths/../other/0.arrow", "datasets/store-paths//0.arrow", "datasets/store-paths/",
            "datasets/store-paths/a b", "datasets/store-paths/é", "datasets/store-paths/key.json", "/datasets/store-paths/x", ""])
            (await Problem.CodeOfAsync(() => writer.WriteAsync(path, new byte[1], None))).ShouldBe(ProblemCodes.InvalidRequest, path);
    }

    [Fact]
    public async Task Commit_OfBlobsThatAreNotTheScopes_IsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var writer = await host.Get<VaultStore>().OpenWriterAsync(VaultScope.Dataset("store-commit"), None);
        var blob = await writer.WriteAsync("datasets/store-commit/v/1/0", new byte[1], None);
        (await Problem.CodeOfAsync(() => writer.CommitAsync("v/1", [blob with { Path = "datasets/other/v/1/0" }], NoProperties, None))).ShouldBe(ProblemCodes.InvalidRequest);
        (await Problem.CodeOfAsync(() => writer.CommitAsync("v/1", [blob, blob], NoProperties, None))).ShouldBe(ProblemCodes.InvalidRequest);
        (await Problem.CodeOfAsync(() => writer.CommitAsync("../x", [blob], NoProperties, None))).ShouldBe(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task OpenReader_WithoutManifest_IsAnIntegrityFault_AndTryOpenSaysNull()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("store-nothing");
        await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenReaderAsync(scope, scope.Prefix + "v/1/manifest.json", None))).ShouldBe(ProblemCodes.IntegrityFailed);
        (await host.Get<VaultStore>().TryOpenReaderAsync(scope, scope.Prefix + "v/1/manifest.json", None)).ShouldBeNull();
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenReaderAsync(scope, "datasets/other/v/1/manifest.json", None))).ShouldBe(ProblemCodes.IntegrityFailed);
    }

    [Fact]
    public async Task DeletePrefix_DeletesWhatIsUnderItAndNothingElse()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Model("store-delete");
        await WriteAsync(host, scope, "jobs/a/1", [Bytes(10, 1)]);
        var (kept, _) = await WriteAsync(host, scope, "jobs/ab/1", [Bytes(10, 2)]);
        var store = host.Get<VaultStore>();
        (await store.ListManifestsAsync(scope, "jobs/", None)).ShouldBe([scope.Prefix + "jobs/a/1/manifest.json", kept]);
        await store.DeletePrefixAsync(scope, scope.Prefix + "jobs/a/", None);
        (await store.ListManifestsAsync(scope, "jobs/", None)).ShouldBe([kept]);
        var reader = await store.OpenReaderAsync(scope, kept, None);
        (await reader.ReadAsync(reader.Find("0"), None)).ShouldBe(Bytes(10, 2));
        foreach (var elsewhere in (string[])["models/", "models/store-delete", "models/store-delete/jobs", "datasets/x/", "models/store-delete/../x/"])
            (await Problem.CodeOfAsync(() => store.DeletePrefixAsync(scope, elsewhere, None))).ShouldBe(ProblemCodes.InvalidRequest, elsewhere);
    }

    internal static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static async Task<(string Path, IReadOnlyList<ManifestBlob> Blobs)> WriteAsync(PipelineHost host, VaultScope scope, string id, IReadOnlyList<byte[]> contents)
    {
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        var blobs = new List<ManifestBlob>();
        for (var i = 0; i < contents.Count; i++) blobs.Add(await writer.WriteAsync($"{scope.Prefix}{id}/{i}", contents[i], None));
        return (await writer.CommitAsync(id, blobs, NoProperties, None), blobs);
    }
}
