using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>S1 and S2: whatever the owner of the storage account does to what lies there, readers answer with one fault and no byte.</summary>
public sealed class TamperTests(AzuriteFixture azurite)
{
    private const int Region = 4 * 1024 * 1024;
    private const int StoredRegion = Region + 12 + 16;
    private const int Seed = 20260923;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task FlippedBytes_OfASmallBlob_AreAllDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-small", VaultStoreTests.Bytes(300, 1));
        var stored = await scene.TakeAsync(0);
        for (var at = 0; at < stored.Content.Length; at++)
            await scene.RefusesAsync(0, stored.WithByteFlipped(at, (byte)(1 << (at % 8))), $"byte {at}");
        await scene.AcceptsAsync(0, stored);
    }

    [Fact]
    public async Task FlippedBytes_OfALargeBlob_AreAllDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-large", VaultStoreTests.Bytes((2 * Region) + 1000, 2));
        var stored = await scene.TakeAsync(0);
        var random = new Random(Seed);
        int[] ends = [0, 11, 12, StoredRegion - 17, StoredRegion - 16, StoredRegion - 1, StoredRegion, StoredRegion + 11, (2 * StoredRegion) - 1, 2 * StoredRegion, stored.Content.Length - 1];
        foreach (var at in ends.Concat(Enumerable.Range(0, 20).Select(_ => random.Next(stored.Content.Length))))
            await scene.RefusesAsync(0, stored.WithByteFlipped(at, (byte)(1 << random.Next(8))), $"byte {at} (seed {Seed})");
        await scene.AcceptsAsync(0, stored);
    }

    [Fact]
    public async Task Truncation_AndRegionsDroppedDoubledOrSwapped_AreAllDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-regions", VaultStoreTests.Bytes(3 * Region, 3), VaultStoreTests.Bytes(3 * Region, 4));
        var stored = await scene.TakeAsync(0);
        var other = await scene.TakeAsync(1);
        foreach (var boundary in (int[])[0, StoredRegion, 2 * StoredRegion, 3 * StoredRegion])
        {
            foreach (var length in (int[])[boundary - 1, boundary, boundary + 1])
            {
                if (length < 0 || length == stored.Content.Length) continue;
                var cut = new byte[length];
                stored.Content.AsSpan(0, Math.Min(length, stored.Content.Length)).CopyTo(cut);
                await scene.RefusesAsync(0, stored with { Content = cut }, $"cut to {length}");
            }
        }
        await scene.RefusesAsync(0, stored with { Content = Regions(stored, [0, 2]) }, "region dropped");
        await scene.RefusesAsync(0, stored with { Content = Regions(stored, [0, 1, 1]) }, "region doubled");
        await scene.RefusesAsync(0, stored with { Content = Regions(stored, [1, 0, 2]) }, "regions swapped");
        byte[] spliced = [.. stored.Content.AsSpan(0, StoredRegion), .. other.Content.AsSpan(StoredRegion)];
        await scene.RefusesAsync(0, stored with { Content = spliced }, "spliced");
        await scene.RefusesAsync(0, other with { Content = spliced }, "spliced, with the other's key");
        await scene.RefusesAsync(0, other, "the other blob in its place");
        await scene.AcceptsAsync(0, stored);
    }

    [Fact]
    public async Task OlderContent_UnderTheSamePath_IsDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-replay", VaultStoreTests.Bytes(1000, 5));
        var (oldBlob, oldManifest) = (await scene.TakeAsync(0), await scene.TakeManifestAsync());
        await scene.WriteAgainAsync(VaultStoreTests.Bytes(1000, 6));
        await scene.RefusesAsync(0, oldBlob, "older blob");

        // The whole of an older version under a newer one's name: the name is in what is signed.
        var newer = VaultPath.OfManifest(scene.Scope, "v/2");
        await oldManifest.PutAsync(scene.Host, newer);
        (await Problem.CodeOfAsync(() => scene.Store.OpenReaderAsync(scene.Scope, newer, None))).ShouldBe(ProblemCodes.IntegrityFailed);
    }

    [Fact]
    public async Task EncryptionMetadata_WipedOrChanged_IsDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-metadata", VaultStoreTests.Bytes(1000, 7));
        var stored = await scene.TakeAsync(0);
        await scene.RefusesAsync(0, stored with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) }, "no metadata");
        await scene.RefusesAsync(0, stored with { Content = VaultStoreTests.Bytes(1000, 7), Metadata = new Dictionary<string, string>(StringComparer.Ordinal) }, "the plaintext itself");
        await scene.RefusesAsync(0, stored.WithMetadata(_ => "{"), "no JSON");
        await scene.RefusesAsync(0, stored.WithMetadata(_ => "[]"), "no object");
        await scene.RefusesAsync(0, stored.WithMetadata(_ => "{}"), "empty object");
        await scene.RefusesAsync(0, stored.WithMetadata(text => text.Replace("\"2.0\"", "\"1.0\"", StringComparison.Ordinal)), "downgraded");
        await scene.RefusesAsync(0, stored.WithMetadata(text => text.Replace("A256KWP", "A256KW", StringComparison.Ordinal)), "another wrap");
        await scene.RefusesAsync(0, stored.WithMetadata(text => text.Replace(scene.Scope.KeyName + "/", "https://attacker.example/keys/", StringComparison.Ordinal)), "foreign key id");

        // Every character of the header, replaced by a neighbour.
        var header = stored.Metadata[StoredBlob.Encryption];
        var undetected = new List<int>();
        for (var at = 0; at < header.Length; at++)
        {
            var changed = stored.WithMetadata(text => string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ 1)).ToString(), text.AsSpan(at + 1)));
            await changed.PutAsync(scene.Host, scene.PathOf(0));
            var problem = await scene.ReadAsync(0);
            if (problem is null) undetected.Add(at);
            else problem.Code.ShouldBe(ProblemCodes.IntegrityFailed, $"character {at}");
        }
        // Names of things that carry no meaning for decryption (the library's version, say) may change; what is read stays what was written.
        (undetected.Count < header.Length / 2).ShouldBeTrue($"{undetected.Count} of {header.Length}: {string.Concat(undetected.Select(at => header[at]))}");
        await scene.AcceptsAsync(0, stored);
    }

    [Fact]
    public async Task Manifest_ChangedAnywhere_IsDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-manifest", VaultStoreTests.Bytes(10, 8));
        var stored = await scene.TakeManifestAsync();
        var random = new Random(Seed);
        for (var flip = 0; flip < 64; flip++)
        {
            await stored.WithByteFlipped(random.Next(stored.Content.Length), (byte)(1 << random.Next(8))).PutAsync(scene.Host, scene.Manifest);
            (await Problem.CodeOfAsync(() => scene.Store.OpenReaderAsync(scene.Scope, scene.Manifest, None))).ShouldBe(ProblemCodes.IntegrityFailed);
        }
    }

    [Fact]
    public async Task Manifest_ForgedByAHolderOfTheContentKey_IsDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-forgery", VaultStoreTests.Bytes(10, 9));
        using var key = await scene.Host.Get<ContentKeyRing>().GetAsync(scene.Scope, None);
        var blobs = new EncryptedBlobs(scene.Host.Storage);
        var content = (await blobs.DownloadAsync(scene.Scope, scene.Manifest, null, SignedManifest.MaxBytes, key, None))!;
        var signed = SignedManifest.Parse(scene.Scope, content);
        async Task Refuses(SignedManifest forged)
        {
            await blobs.UploadAsync(scene.Manifest, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(forged, KeysJson.Default.SignedManifest), key, None);
            (await Problem.CodeOfAsync(() => scene.Store.OpenReaderAsync(scene.Scope, scene.Manifest, None))).ShouldBe(ProblemCodes.IntegrityFailed);
        }
        byte[] flipped = [.. signed.Bytes];
        flipped[flipped.Length / 2] ^= 1;
        await Refuses(signed with { Bytes = flipped });
        await Refuses(signed with { Signature = [] });
        await Refuses(signed with { Signature = new byte[signed.Signature.Length] });
        await blobs.UploadAsync(scene.Manifest, "{\"bytes\":[]}"u8.ToArray(), key, None);
        (await Problem.CodeOfAsync(() => scene.Store.OpenReaderAsync(scene.Scope, scene.Manifest, None))).ShouldBe(ProblemCodes.IntegrityFailed);
    }

    [Fact]
    public async Task ManifestAndBlobs_OfAnotherScope_AreDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-scope-a", VaultStoreTests.Bytes(10, 10));
        await using var other = await Scene.SetAsync(azurite, "tamper-scope-b", VaultStoreTests.Bytes(10, 10), host: scene.Host);
        await scene.RefusesAsync(0, await other.TakeAsync(0), "another dataset's blob");
        await (await other.TakeManifestAsync()).PutAsync(scene.Host, scene.Manifest);
        (await Problem.CodeOfAsync(() => scene.Store.OpenReaderAsync(scene.Scope, scene.Manifest, None))).ShouldBe(ProblemCodes.IntegrityFailed);
    }

    [Fact]
    public async Task KeyRecord_ReplacedOrDamaged_IsDetected()
    {
        await using var scene = await Scene.SetAsync(azurite, "tamper-record-a", VaultStoreTests.Bytes(10, 11));
        await using var other = await Scene.SetAsync(azurite, "tamper-record-b", VaultStoreTests.Bytes(10, 11), host: scene.Host);
        var path = ContentKeyRecords.PathOf(scene.Scope);
        var stored = await StoredBlob.TakeAsync(scene.Host, path);
        async Task Refuses(StoredBlob record, string what)
        {
            await record.PutAsync(scene.Host, path);
            await using var fresh = await PipelineHost.StartAsync(azurite, scene.Host);
            (await Problem.CodeOfAsync(() => fresh.Get<VaultStore>().OpenReaderAsync(scene.Scope, scene.Manifest, None))).ShouldBe(ProblemCodes.IntegrityFailed, what);
        }
        await Refuses(await StoredBlob.TakeAsync(scene.Host, ContentKeyRecords.PathOf(other.Scope)), "another scope's record");
        await Refuses(stored with { Content = "{}"u8.ToArray() }, "empty record");
        await Refuses(stored with { Content = new byte[100_000] }, "huge record");

        // A content key of the attacker's own: wrapping it takes the public key only, but the signature does not.
        var record = (await scene.Host.Get<ContentKeyRecords>().ReadAsync(other.Scope, None))!.Value.Record;
        await stored.PutAsync(scene.Host, path);
        var mine = (await scene.Host.Get<ContentKeyRecords>().ReadAsync(scene.Scope, None))!.Value.Record;
        var forged = mine with { Wrapped = await scene.Host.Get<VaultOperations>().WrapAsync(scene.Scope, mine.KeyVersion, new byte[32], None), Signature = record.Signature };
        await Refuses(stored with { Content = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(forged, KeysJson.Default.ContentKeyRecord) }, "planted content key");
        await using var writing = await PipelineHost.StartAsync(azurite, scene.Host);
        (await Problem.CodeOfAsync(() => writing.Get<VaultStore>().OpenWriterAsync(scene.Scope, None))).ShouldBe(ProblemCodes.IntegrityFailed, "nothing is written under a planted key");
    }

    private static byte[] Regions(StoredBlob blob, int[] order) => [.. order.SelectMany(region => blob.Content.AsSpan(region * StoredRegion, StoredRegion).ToArray())];

    /// <summary>A committed manifest with blobs, and the one text that every tampering must be answered with.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly bool _ownsHost;
        private IReadOnlyList<ManifestBlob> _blobs = [];
        private byte[][] _contents = [];
        private VaultReader _reader = null!;
        private string? _faultText;

        private Scene(PipelineHost host, VaultScope scope, bool ownsHost) => (Host, Scope, _ownsHost) = (host, scope, ownsHost);

        public PipelineHost Host { get; }

        public VaultScope Scope { get; }

        public VaultStore Store => Host.Get<VaultStore>();

        public string Manifest { get; private set; } = "";

        public static async Task<Scene> SetAsync(AzuriteFixture azurite, string dataset, byte[] first, byte[]? second = null, PipelineHost? host = null)
        {
            var scene = new Scene(host ?? await PipelineHost.StartAsync(azurite), VaultScope.Dataset(dataset), host is null);
            await scene.WriteAgainAsync(second is null ? [first] : [first, second]);
            return scene;
        }

        public async Task WriteAgainAsync(params byte[][] contents)
        {
            _contents = contents;
            (Manifest, _blobs) = await VaultStoreTests.WriteAsync(Host, Scope, "v/1", contents);
            _reader = await Store.OpenReaderAsync(Scope, Manifest, None);
        }

        public string PathOf(int blob) => _blobs[blob].Path;

        public Task<StoredBlob> TakeAsync(int blob) => StoredBlob.TakeAsync(Host, PathOf(blob));

        public Task<StoredBlob> TakeManifestAsync() => StoredBlob.TakeAsync(Host, Manifest);

        /// <summary>The problem of reading the blob; what is read without one must be what was written.</summary>
        public async Task<PipelineException?> ReadAsync(int blob) => await Problem.OfAsync(async () =>
            (await _reader.ReadAsync(_blobs[blob], None)).AsSpan().SequenceEqual(_contents[blob]).ShouldBeTrue("wrong bytes were handed out"));

        public async Task RefusesAsync(int blob, StoredBlob tampered, string what)
        {
            await tampered.PutAsync(Host, PathOf(blob));
            var problem = (await ReadAsync(blob)).ShouldNotBeNull(what);
            problem.Code.ShouldBe(ProblemCodes.IntegrityFailed, what);
            problem.InnerException.ShouldBeNull(what);
            _faultText ??= problem.Message;
            problem.Message.ShouldBe(_faultText, what);
        }

        public async Task AcceptsAsync(int blob, StoredBlob untouched)
        {
            await untouched.PutAsync(Host, PathOf(blob));
            (await ReadAsync(blob)).ShouldBeNull();
        }

        public ValueTask DisposeAsync() => _ownsHost ? Host.DisposeAsync() : ValueTask.CompletedTask;
    }
}
