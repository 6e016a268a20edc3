using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Inference.Encrypted;

/// <summary>Networks for encrypted input are kept and revoked as models are.</summary>
public sealed class EncryptedServingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task KeyDisabled_NetworkInMemory_IsRefusedAndLeavesMemory()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var version = await PublishAsync(host, NetworkFile.Create(Network()).ToBytes());
        (await host.Get<EncryptedModels>().DescribeAsync(version, CancellationToken.None)).ShouldNotBeNull().Output.Count.ShouldBe(2);
        var networks = host.Get<EncryptedNetworkCache>();
        networks.Bytes.ShouldBeGreaterThan(0);
        await host.Get<EncryptedInference>().ResolveAsync(version.Model, null, CancellationToken.None);

        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(version.Model), CancellationToken.None);
        host.Clock.Advance(KeyWatch.MaxAge + TimeSpan.FromSeconds(1));

        (await Problem.CodeOfAsync(() => host.Get<EncryptedInference>().ResolveAsync(version.Model, null, CancellationToken.None).AsTask())).ShouldBe(ProblemCodes.KeyDisabled);
        networks.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task KeyDisabled_NobodyAsks_TheUpkeepDropsTheNetwork()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var version = await PublishAsync(host, NetworkFile.Create(Network()).ToBytes());
        await host.Get<EncryptedModels>().DescribeAsync(version, CancellationToken.None);

        await host.Get<VaultKeys>().DisableAsync(VaultScope.Model(version.Model), CancellationToken.None);
        await host.Get<ServedModels>().CheckKeysAsync(CancellationToken.None);

        host.Get<EncryptedNetworkCache>().Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task NetworkFile_Damaged_IsRefusedAndKeepsNoMemory()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var file = NetworkFile.Create(Network()).ToBytes();
        file[^40] ^= 1;
        var version = await PublishAsync(host, file);

        (await Problem.CodeOfAsync(() => host.Get<EncryptedModels>().DescribeAsync(version, CancellationToken.None))).ShouldBe(ProblemCodes.ModelRefused);

        host.Get<EncryptedNetworkCache>().Bytes.ShouldBe(0);
    }

    private static NetworkDescription Network() => new(TensorShape.Vector(3), new ValueRange(-1, 1),
    [
        new DenseLayer(new WeightMatrix(2, 3, [0.5, -0.25, 1, 0.75, 0.5, -1])) { Bias = [0.1, -0.2], Measured = new MeasuredRange(2, 1) },
        new SquareLayer(),
        new DenseLayer(new WeightMatrix(2, 2, [1, -1, 0.5, 0.25])) { Bias = [0, 0.5], Measured = new MeasuredRange(4, 1) },
    ]);

    private static async Task<ModelVersion> PublishAsync(PipelineHost host, byte[] network)
    {
        var scope = VaultScope.Model(PublishedModels.Name("encrypted"));
        var onnx = "never loaded here"u8.ToArray();
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, CancellationToken.None);
        var blobs = new List<ManifestBlob>();
        foreach (var (name, bytes) in new[] { (JobPublication.ModelFile, onnx), (JobPublication.CardFile, "{}"u8.ToArray()), (JobPublication.NetworkFile, network) })
            blobs.Add(await writer.WriteAsync($"{scope.Prefix}jobs/j/1/{name}", bytes, CancellationToken.None));
        var manifest = await writer.CommitAsync("jobs/j/1", blobs, new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None);
        return await host.Get<ModelRegistry>().PublishAsync(
            scope.Name, "j", manifest, Convert.ToHexStringLower(SHA256.HashData(onnx)), onnx.Length, new Dictionary<string, double>(StringComparer.Ordinal), CancellationToken.None, JobPublication.NetworkFile);
    }
}
