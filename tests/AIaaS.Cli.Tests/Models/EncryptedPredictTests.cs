using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Models.Onnx.Proto;
using AIaaS.Pipeline;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;
using AIaaS.Testing;
using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace AIaaS.Cli.Tests.Models;

/// <summary>predict --encrypted against the real Function App, with a network of random weights.</summary>
public sealed class EncryptedPredictTests(AzuriteFixture azurite)
{
    private const int Side = 8;

    private static readonly string[] Classes = ["zero", "one", "two"];

    private static readonly NetworkDescription Network = Describe();

    [Fact]
    public async Task Predict_EncryptedImage_HasTheClassOfTheClearNetworkAndKeepsItsKey()
    {
        using var folder = new TemporaryFolder();
        var settings = new ServiceSettings(azurite.ConnectionString, Path.Combine(folder.Path, "service"));
        await using var app = await FunctionAppProcess.StartAsync(settings) ?? throw new InvalidOperationException("The Function App ended.");
        var model = $"cli-{Guid.NewGuid():N}"[..20];
        await PublishAsync(settings, model);
        var pixels = Enumerable.Range(0, Side * Side).Select(index => (byte)(index * 37 % 256)).ToArray();
        var image = Path.Combine(folder.Path, "image.png");
        await File.WriteAllBytesAsync(image, Png(pixels));
        var keyFile = Path.Combine(folder.Path, "my.key");
        string[] line = ["predict", model, image, "--encrypted", "--json", "--key-file", keyFile, "--url", app.Client.BaseAddress!.ToString(), "--key", app.Key];

        var run = await CommandRun.Of(line);
        var kept = await File.ReadAllBytesAsync(keyFile);
        var again = await CommandRun.Of(line);

        run.ExitCode.ShouldBe(ExitCodes.Success, run.Error);
        var clear = Network.Forward(Array.ConvertAll(pixels, pixel => pixel / 255.0))[^1];
        using var report = JsonDocument.Parse(run.Output[run.Output.IndexOf('{', StringComparison.Ordinal)..]);
        var prediction = report.RootElement.GetProperty("predictions")[0];
        prediction.GetProperty("label").GetString().ShouldBe(Classes[Array.IndexOf(clear, clear.Max())]);
        var scores = prediction.GetProperty("outputs").GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()).ToArray();
        clear.Zip(scores, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(0.1);
        report.RootElement.GetProperty("encryption").GetProperty("sentBytes").GetInt64().ShouldBeInRange(50_000, 140_000);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(keyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        again.ExitCode.ShouldBe(ExitCodes.Success, again.Error);
        (await File.ReadAllBytesAsync(keyFile)).ShouldBe(kept);
    }

    [Fact]
    public async Task Predict_EncryptedWithoutAKey_SaysWhatItIsFor()
    {
        var run = await CommandRun.Of("predict", "any", "--data", "[1]", "--encrypted", "--key-file", "/nonexistent/my.key", "--url", "http://127.0.0.1:1/");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("AIAAS_KEY");
    }

    private static async Task PublishAsync(ServiceSettings settings, string model)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddPipeline(new ConfigurationBuilder().AddInMemoryCollection(settings.Environment()).Build())
            .BuildServiceProvider();
        var scope = VaultScope.Model(model);
        var writer = await services.GetRequiredService<VaultStore>().OpenWriterAsync(scope, CancellationToken.None);
        var onnx = Identity();
        var card = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["classes"] = Classes });
        var blobs = new List<ManifestBlob>();
        foreach (var (name, bytes) in new[] { (JobPublication.ModelFile, onnx), (JobPublication.CardFile, card), (JobPublication.NetworkFile, NetworkFile.Create(Network).ToBytes()) })
            blobs.Add(await writer.WriteAsync($"{scope.Prefix}jobs/cli/1/{name}", bytes, CancellationToken.None));
        var manifest = await writer.CommitAsync("jobs/cli/1", blobs, new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None);
        await services.GetRequiredService<ModelRegistry>().PublishAsync(
            model, "cli", manifest, Convert.ToHexStringLower(SHA256.HashData(onnx)), onnx.Length, new Dictionary<string, double>(StringComparer.Ordinal), CancellationToken.None, JobPublication.NetworkFile);
    }

    private static NetworkDescription Describe()
    {
        var random = new Random(5);
        var network = new NetworkDescription(new TensorShape(1, Side, Side), new ValueRange(0, 1), [Dense(random, 8, Side * Side), new SquareLayer(), Dense(random, Classes.Length, 8)]);
        return network.Measured(Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, Side * Side).Select(_ => random.NextDouble()).ToArray()));
    }

    private static DenseLayer Dense(Random random, int rows, int columns) =>
        new(new WeightMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextDouble() - 1) / Math.Sqrt(columns) * 1.7)]))
        {
            Bias = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)],
        };

    private static byte[] Png(byte[] pixels)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The model in the clear is not asked here, but it must be one: y = x.</summary>
    private static byte[] Identity()
    {
        const int Float = 1;
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "identity" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        foreach (var (list, name) in new[] { (model.Graph.Input, "x"), (model.Graph.Output, "y") })
        {
            var tensor = new TypeProto.Types.Tensor { ElemType = Float, Shape = new TensorShapeProto() };
            tensor.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
            list.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } });
        }
        var node = new NodeProto { OpType = "Identity" };
        node.Input.Add("x");
        node.Output.Add("y");
        model.Graph.Node.Add(node);
        return model.ToByteArray();
    }
}
