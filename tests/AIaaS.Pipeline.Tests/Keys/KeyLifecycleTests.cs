using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using Azure.Security.KeyVault.Keys;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>S4: what a key's fate means for readers and writers, in this process and in others.</summary>
public sealed class KeyLifecycleTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, string> NoProperties = [];

    [Fact]
    public async Task Disable_StopsEveryStepWithinAMinute_AndEnableResumes()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var scope = VaultScope.Dataset("life-disable");
        var (path, blobs) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1, 2, 3]]);
        var writer = await other.Get<VaultStore>().OpenWriterAsync(scope, None);
        var reader = await other.Get<VaultStore>().OpenReaderAsync(scope, path, None);

        await host.Get<VaultKeys>().DisableAsync(scope, None);
        await ShouldAllFailAsync(host, ProblemCodes.KeyDisabled, scope, path);
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().CheckUsableAsync(scope, None))).ShouldBe(ProblemCodes.KeyDisabled);

        // The other process has the content key for a minute at most.
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await Problem.CodeOfAsync(() => reader.ReadAsync(blobs[0], None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await Problem.CodeOfAsync(() => writer.WriteAsync(scope.Prefix + "v/2/0", new byte[1], None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await Problem.CodeOfAsync(() => writer.CommitAsync("v/2", [], NoProperties, None))).ShouldBe(ProblemCodes.KeyDisabled);
        await ShouldAllFailAsync(other, ProblemCodes.KeyDisabled, scope, path);
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().RotateAsync(scope, None))).ShouldBe(ProblemCodes.KeyDisabled);

        await host.Get<VaultKeys>().EnableAsync(scope, None);
        (await reader.ReadAsync(blobs[0], None)).ShouldBe([1, 2, 3]);
        await writer.CommitAsync("v/2", [await writer.WriteAsync(scope.Prefix + "v/2/0", new byte[1], None)], NoProperties, None);
    }

    [Fact]
    public async Task Disable_BeforeTheSignature_LeavesNoManifest()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var scope = VaultScope.Dataset("life-between");
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, None);
        var blob = await writer.WriteAsync(scope.Prefix + "v/1/0", new byte[1], None);
        await other.Get<VaultKeys>().DisableAsync(scope, None);
        // The content key is still cached here, but signing asks the vault.
        (await Problem.CodeOfAsync(() => writer.CommitAsync("v/1", [blob], NoProperties, None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await host.Get<VaultStore>().ListManifestsAsync(scope, "", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_MakesEverythingUnreadable_AndANewKeyDoesNotBringItBack()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var scope = VaultScope.Dataset("life-delete");
        var (path, blobs) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1, 2, 3]]);
        var reader = await other.Get<VaultStore>().OpenReaderAsync(scope, path, None);

        await host.Get<VaultKeys>().DeleteAsync(scope, None);
        await host.Get<VaultKeys>().DeleteAsync(scope, None);
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenReaderAsync(scope, path, None))).ShouldBe(ProblemCodes.KeyNotFound);
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().CheckUsableAsync(scope, None))).ShouldBe(ProblemCodes.KeyNotFound);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await Problem.CodeOfAsync(() => reader.ReadAsync(blobs[0], None))).ShouldBe(ProblemCodes.KeyNotFound);

        await VaultStoreTests.WriteAsync(host, scope, "v/2", [[4]]);
        (await Problem.CodeOfAsync(() => other.Get<VaultStore>().OpenReaderAsync(scope, path, None))).ShouldBe(ProblemCodes.IntegrityFailed);
    }

    [Fact]
    public async Task KeyDeletedInTheVaultItself_IsKeyNotFoundForReadersAndWriters()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("life-portal");
        var (path, _) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1]]);
        await (await host.Get<KeyClient>().StartDeleteKeyAsync(scope.KeyName)).WaitForCompletionAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await ShouldAllFailAsync(host, ProblemCodes.KeyNotFound, scope, path);
    }

    [Fact]
    public async Task Rotate_KeepsOldDataReadable_TouchesNoBlob_AndSignsNewDataWithTheNewVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var scope = VaultScope.Dataset("life-rotate");
        var (path, blobs) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1, 2, 3]]);
        var before = await StoredBlob.TakeAsync(host, blobs[0].Path);
        var reading = await other.Get<VaultStore>().OpenReaderAsync(scope, path, None);

        var info = await host.Get<VaultKeys>().RotateAsync(scope, None);
        info.Versions.ShouldBe(2);
        (await reading.ReadAsync(blobs[0], None)).ShouldBe([1, 2, 3]);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await reading.ReadAsync(blobs[0], None)).ShouldBe([1, 2, 3]);
        (await StoredBlob.TakeAsync(host, blobs[0].Path)).Content.ShouldBe(before.Content);

        var (newer, _) = await VaultStoreTests.WriteAsync(other, scope, "v/2", [[4]]);
        var reader = await host.Get<VaultStore>().OpenReaderAsync(scope, newer, None);
        reader.Manifest.KeyVersion.ShouldBe(info.Version);
        reader.Manifest.Blobs[0].KeyVersion.ShouldBe(info.Version);
        (await host.Get<VaultStore>().OpenReaderAsync(scope, path, None)).Manifest.KeyVersion.ShouldNotBe(info.Version);
    }

    [Fact]
    public async Task Rotate_RacingItselfAndReaders_LosesNothing()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        var scope = VaultScope.Dataset("life-races");
        var (path, blobs) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1, 2, 3]]);
        var rotations = Enumerable.Range(0, 3).Select(i => (i % 2 == 0 ? host : other).Get<VaultKeys>().RotateAsync(scope, None));
        var reads = Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var reading = await PipelineHost.StartAsync(azurite, host);
            var reader = await reading.Get<VaultStore>().OpenReaderAsync(scope, path, None);
            return await reader.ReadAsync(blobs[0], None);
        });
        var rotated = Task.WhenAll(rotations);
        foreach (var read in await Task.WhenAll(reads)) read.ShouldBe([1, 2, 3]);
        await rotated;
        (await host.Get<VaultKeys>().ListAsync(None)).Single(key => key.KeyName == scope.KeyName).Versions.ShouldBe(4);
    }

    [Fact]
    public async Task FirstWriters_RacingToMakeTheKey_ShareOne()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("life-first");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            await using var process = await PipelineHost.StartAsync(azurite, host);
            await VaultStoreTests.WriteAsync(process, scope, $"v/{i}", [[(byte)i]]);
        }));
        (await host.Get<VaultKeys>().GetAsync(scope, None)).Versions.ShouldBe(1);
        for (var i = 0; i < 4; i++)
        {
            var reader = await host.Get<VaultStore>().OpenReaderAsync(scope, $"{scope.Prefix}v/{i}/manifest.json", None);
            (await reader.ReadAsync(reader.Manifest.Blobs[0], None)).ShouldBe([(byte)i]);
        }
    }

    [Fact]
    public async Task List_ShowsTheKeysOfDatasetsAndModels()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await host.Get<VaultKeys>().EnsureAsync(VaultScope.Dataset("listed"), None);
        await host.Get<VaultKeys>().EnsureAsync(VaultScope.Model("listed"), None);
        await host.Get<KeyClient>().CreateRsaKeyAsync(new CreateRsaKeyOptions("somebody-elses") { KeySize = 2048 });
        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model("listed"), None);
        var keys = await host.Get<VaultKeys>().ListAsync(None);
        keys.Select(key => (key.KeyName, key.Enabled, key.Versions)).ShouldBe([("dataset-listed", true, 1), ("model-listed", false, 1)]);
    }

    private static async Task ShouldAllFailAsync(PipelineHost host, ProblemCode code, VaultScope scope, string manifest)
    {
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenReaderAsync(scope, manifest, None))).ShouldBe(code);
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().TryOpenReaderAsync(scope, manifest, None))).ShouldBe(code);
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenWriterAsync(scope, None))).ShouldBe(code);
    }
}
