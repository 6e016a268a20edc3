using System.Collections.Concurrent;
using System.Security.Cryptography;
using AIaaS.Functions.Tests.Models;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>Publishes networks as training does, without training: random weights, from a seed.</summary>
internal static class EncryptedModels
{
    /// <summary>64 inputs, 16 hidden units, 10 outputs: one ciphertext each way.</summary>
    public static NetworkDescription Mlp { get; } = Measured(new Random(1), new NetworkDescription(TensorShape.Vector(64), new ValueRange(0, 1),
    [
        Dense(new Random(2), 16, 64),
        new SquareLayer(),
        Dense(new Random(3), 10, 16),
    ]));

    /// <summary>28 x 28 pixels and few units, so that its metadata fits a page.</summary>
    public static NetworkDescription Documented { get; } = Measured(new Random(9), new NetworkDescription(new TensorShape(1, 28, 28), new ValueRange(0, 1),
    [
        Dense(new Random(10), 8, 784),
        new SquareLayer(),
        Dense(new Random(11), 3, 8),
    ]));

    /// <summary>LoLa's shape on 15 x 15 pixels: convolution, square, dense, square, dense; four ciphertexts there, one back.</summary>
    public static NetworkDescription Cnn { get; } = Measured(new Random(4), new NetworkDescription(new TensorShape(1, 15, 15), new ValueRange(0, 1),
    [
        new ConvolutionLayer(3, 1, 5, 2, 1, Weights(new Random(5), 75, 25)) { Bias = Weights(new Random(6), 3, 4) },
        new SquareLayer(),
        Dense(new Random(7), 20, 147),
        new SquareLayer(),
        Dense(new Random(8), 10, 20),
    ]));

    // Planning takes seconds.
    private static readonly ConcurrentDictionary<NetworkDescription, Lazy<byte[]>> s_files = new(ReferenceEqualityComparer.Instance);

    public static async Task<ModelVersion> PublishAsync(this RunningApp app, string model, NetworkDescription network)
    {
        var onnx = TinyModels.Adding(1);
        var file = s_files.GetOrAdd(network, _ => new Lazy<byte[]>(() => NetworkFile.Create(network).ToBytes())).Value;
        var scope = VaultScope.Model(model);
        var origin = $"j-{Convert.ToHexStringLower(SHA256.HashData(file))[..8]}";
        var writer = await app.Get<VaultStore>().OpenWriterAsync(scope, CancellationToken.None);
        var folder = $"jobs/{origin}/1";
        var blobs = new List<ManifestBlob>();
        foreach (var (name, bytes) in new[] { (JobPublication.ModelFile, onnx), (JobPublication.CardFile, "{}"u8.ToArray()), (JobPublication.NetworkFile, file) })
            blobs.Add(await writer.WriteAsync($"{scope.Prefix}{folder}/{name}", bytes, CancellationToken.None));
        var manifest = await writer.CommitAsync(folder, blobs, new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None);
        return await app.Get<ModelRegistry>().PublishAsync(
            model, origin, manifest, blobs[0].Sha256, onnx.Length, new Dictionary<string, double>(StringComparer.Ordinal), CancellationToken.None, JobPublication.NetworkFile);
    }

    /// <summary>Values within the network's range; some inputs are at its ends.</summary>
    public static double[] Input(this NetworkDescription network, int seed)
    {
        var random = new Random(seed);
        var (low, high) = (network.InputRange.Low, network.InputRange.High);
        return [.. Enumerable.Range(0, network.Input.Count).Select(_ => (seed % 5) switch
        {
            0 => high,
            1 => random.Next(2) == 0 ? low : high,
            _ => low + (random.NextDouble() * (high - low)),
        })];
    }

    private static NetworkDescription Measured(Random random, NetworkDescription network) =>
        network.Measured(Enumerable.Range(0, 40).Select(_ => network.Input(random.Next(1000))).Append([.. Enumerable.Repeat(network.InputRange.High, network.Input.Count)]));

    private static DenseLayer Dense(Random random, int rows, int columns) =>
        new(new WeightMatrix(rows, columns, Weights(random, rows * columns, columns))) { Bias = Weights(random, rows, 4) };

    private static double[] Weights(Random random, int count, int fanIn) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble() - 1) * Math.Sqrt(3.0 / fanIn))];
}
