using System.Runtime.InteropServices;
using System.Text.Json;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A network of tests/AIaaS.Homomorphic.Tests/Data/Networks, with its test images.</summary>
internal sealed class TrainedNetwork
{
    private const int Side = 28;
    private const int Pixels = Side * Side;
    private const double MaxByte = 255;

    private readonly float[] _numbers = [];
    private readonly byte[] _images;

    public TrainedNetwork(string projectRoot, string name)
    {
        var folder = Path.Combine(projectRoot, "tests", "AIaaS.Homomorphic.Tests", "Data", "Networks");
        _numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name + ".bin"))).ToArray();
        _images = File.ReadAllBytes(Path.Combine(folder, "images.bin"));
        using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name + ".json")));
        Network = new NetworkDescription(new TensorShape(1, Side, Side), new ValueRange(0, 1), [.. description.RootElement.GetProperty("layers").EnumerateArray().Select(Layer)])
            .Measured(Enumerable.Range(0, ImageCount).Select(Image));
    }

    /// <param name="network">Of a published version.</param>
    /// <param name="images">28 x 28 bytes each.</param>
    public TrainedNetwork(NetworkDescription network, byte[] images) => (Network, _images) = (network, images);

    public NetworkDescription Network { get; }

    public int ImageCount => _images.Length / Pixels;

    public double[] Image(int index) => [.. _images.AsSpan(index * Pixels, Pixels).ToArray().Select(pixel => pixel / MaxByte)];

    public double[] Logits(int image) => Network.Forward(Image(image))[^1];

    private NetworkLayer Layer(JsonElement layer)
    {
        if (layer.GetProperty("kind").GetString() == "square") return new SquareLayer();
        var shape = layer.GetProperty("weights").GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var weights = Numbers(layer.GetProperty("weights"));
        var bias = Numbers(layer.GetProperty("bias"));
        return layer.GetProperty("kind").GetString() == "dense"
            ? new DenseLayer(new WeightMatrix(shape[0], shape[1], weights)) { Bias = bias }
            : new ConvolutionLayer(shape[0], shape[1], shape[2], layer.GetProperty("stride").GetInt32(), layer.GetProperty("padding").GetInt32(), weights) { Bias = bias };
    }

    private double[] Numbers(JsonElement place)
    {
        var count = place.GetProperty("shape").EnumerateArray().Aggregate(1, (product, size) => product * size.GetInt32());
        return [.. _numbers.AsSpan(place.GetProperty("offset").GetInt32() / sizeof(float), count).ToArray().Select(number => (double)number)];
    }
}
