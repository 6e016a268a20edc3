using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Testing;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

/// <summary>A network of Data/Networks with its test images and float logits.</summary>
public sealed class TrainedNetwork
{
    private static readonly ConcurrentDictionary<string, Lazy<TrainedNetwork>> Loaded = new();
    private static readonly string Folder = Path.Combine(ProjectRoot.Path, "tests", "AIaaS.Homomorphic.Tests", "Data", "Networks");

    private TrainedNetwork(NetworkDescription description, double[][] images, double[][] logits) =>
        (Description, Images, Logits, _plan) = (description, images, logits, new(() => NetworkPlanner.Plan(description)));

    private readonly Lazy<NetworkPlan> _plan;

    public NetworkDescription Description { get; }

    /// <summary>With the default options.</summary>
    public NetworkPlan Plan => _plan.Value;

    /// <summary>200 of 784 pixels in [0, 1].</summary>
    public double[][] Images { get; }

    public double[][] Logits { get; }

    public static TrainedNetwork Load(string name) => Loaded.GetOrAdd(name, static name => new(() => Read(name))).Value;

    private static TrainedNetwork Read(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, name + ".bin"))).ToArray();
        var layers = json.RootElement.GetProperty("layers").EnumerateArray().Select(layer => Layer(layer, values)).ToArray();
        var images = File.ReadAllBytes(Path.Combine(Folder, "images.bin")).Chunk(784).Select(image => image.Select(pixel => pixel / 255.0).ToArray()).ToArray();
        var description = new NetworkDescription(new TensorShape(1, 28, 28), new ValueRange(0, 1), layers);
        return new TrainedNetwork(WithRanges(description, images), images, [.. Block(json.RootElement.GetProperty("logits"), values).Chunk(10)]);
    }

    private static NetworkLayer Layer(JsonElement layer, float[] values)
    {
        var kind = layer.GetProperty("kind").GetString();
        if (kind == "square") return new SquareLayer();
        var weights = Block(layer.GetProperty("weights"), values);
        var shape = layer.GetProperty("weights").GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var bias = Block(layer.GetProperty("bias"), values);
        var range = layer.GetProperty("measured").EnumerateArray().Max(bound => Math.Abs(bound.GetDouble()));
        var measured = new MeasuredRange(range, 0);
        return kind == "dense"
            ? new DenseLayer(new WeightMatrix(shape[0], shape[1], weights)) { Bias = bias, Measured = measured }
            : new ConvolutionLayer(shape[0], shape[1], shape[2], layer.GetProperty("stride").GetInt32(), layer.GetProperty("padding").GetInt32(), weights) { Bias = bias, Measured = measured };
    }

    private static double[] Block(JsonElement where, float[] values)
    {
        var count = where.GetProperty("shape").EnumerateArray().Aggregate(1, (product, size) => product * size.GetInt32());
        return [.. values.AsSpan(where.GetProperty("offset").GetInt32() / sizeof(float), count).ToArray().Select(value => (double)value)];
    }

    // The largest values are over all 70,000 images, the mean squares over the first 20 here.
    private static NetworkDescription WithRanges(NetworkDescription description, double[][] images)
    {
        var measured = description.Measured(images.Take(20));
        var layers = measured.Layers.Zip(description.Layers, (here, all) => here is LinearLayer linear
            ? linear with { Measured = new MeasuredRange(((LinearLayer)all).Measured!.MaxAbs, linear.Measured!.Rms) }
            : here);
        return measured with { Layers = [.. layers] };
    }
}
