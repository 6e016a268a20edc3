using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Tests.Inference.Serving;

public sealed class ModelCacheTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Acquire_ManyAtOnce_LoadsOnce()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var version = await PublishedModels.PublishAsync(host, PublishedModels.Name("once"), EchoOnnx.Adding(1));
        using var cache = Cache(host, 1L << 30);

        var leases = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await cache.AcquireAsync(version, CancellationToken.None))));

        leases.Select(lease => lease.Model).Distinct().Count().ShouldBe(1);
        cache.Bytes.ShouldBe(ModelCacheOptions.CostOf(version.SizeBytes));
        foreach (var lease in leases) lease.Dispose();
    }

    [Fact]
    public async Task Acquire_NoRoom_EvictsWhatWasUsedLongestAgoAndNeverWhatIsInUse()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("lru");
        var a = await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        var b = await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(2));
        var c = await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(3));
        using var cache = Cache(host, (2 * ModelCacheOptions.CostOf(a.SizeBytes)) + 100);

        foreach (var version in new[] { a, b, a, c })
        {
            (await cache.AcquireAsync(version, CancellationToken.None)).Dispose();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        cache.TryAcquire(b, out _).ShouldBeFalse();
        cache.TryAcquire(a, out var heldA).ShouldBeTrue();
        cache.TryAcquire(c, out var heldC).ShouldBeTrue();

        (await Should.ThrowAsync<PipelineException>(async () => await cache.AcquireAsync(b, CancellationToken.None))).Code.ShouldBe(ProblemCodes.ModelUnavailable);
        heldA.Dispose();
        (await cache.AcquireAsync(b, CancellationToken.None)).Dispose();
        cache.TryAcquire(a, out _).ShouldBeFalse();
        cache.TryAcquire(c, out var again).ShouldBeTrue();
        again.Dispose();
        heldC.Dispose();
    }

    [Fact]
    public async Task Acquire_LargerThanTheLimit_IsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var version = await PublishedModels.PublishAsync(host, PublishedModels.Name("large"), EchoOnnx.Adding(1));
        using var cache = Cache(host, 1000);

        var problem = await Should.ThrowAsync<PipelineException>(async () => await cache.AcquireAsync(version, CancellationToken.None));

        problem.Code.ShouldBe(ProblemCodes.ModelUnavailable);
        problem.Message.ShouldContain("Inference__CacheBytes");
        cache.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task Acquire_StoredBytesChanged_IsRefusedAndTakesNoMemory()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var version = await PublishedModels.PublishAsync(host, PublishedModels.Name("tampered"), EchoOnnx.Adding(1));
        var blob = host.Storage.Container(StorageLayout.VaultContainer).GetBlobClient(version.ManifestBlob.Replace("manifest.json", "model.onnx", StringComparison.Ordinal));
        var stored = (await blob.DownloadContentAsync()).Value;
        var bytes = stored.Content.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        await blob.UploadAsync(BinaryData.FromBytes(bytes), new BlobUploadOptions { Metadata = stored.Details.Metadata });
        using var cache = Cache(host, 1L << 30);

        (await Should.ThrowAsync<PipelineException>(async () => await cache.AcquireAsync(version, CancellationToken.None))).Code.ShouldBe(ProblemCodes.IntegrityFailed);
        cache.Bytes.ShouldBe(0);
        cache.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Load_OtherFileThanTheRegistrySays_IsRefused()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var name = PublishedModels.Name("swapped");
        var first = await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(1));
        var second = await PublishedModels.PublishAsync(host, name, EchoOnnx.Adding(2));

        var problem = await Should.ThrowAsync<PipelineException>(() => host.Get<ModelLoader>().LoadAsync(first with { ManifestBlob = second.ManifestBlob }, CancellationToken.None));

        problem.Code.ShouldBe(ProblemCodes.IntegrityFailed);
    }

    private static ModelCache Cache(PipelineHost host, long bytes) => new(host.Get<ModelLoader>(), new ModelCacheOptions(bytes), host.Clock);
}
