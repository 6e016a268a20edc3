using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

/// <summary>Networks with seeded Gaussian weights and measured ranges.</summary>
internal static class RandomNetwork
{
    public static NetworkDescription Create(TensorShape input, int seed, params Func<Random, TensorShape, NetworkLayer>[] layers)
    {
        var random = new Random(seed);
        var shape = input;
        var made = new List<NetworkLayer>();
        foreach (var layer in layers)
        {
            made.Add(layer(random, shape));
            shape = made[^1].OutputShape(shape);
        }
        var network = new NetworkDescription(input, new ValueRange(0, 1), made);
        return network.Measured(Enumerable.Range(0, 5).Select(i => Input(network, seed + i)));
    }

    public static double[] Input(NetworkDescription network, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, network.Input.Count).Select(_ => random.NextDouble())];
    }

    public static NetworkLayer Square(Random random, TensorShape input) => new SquareLayer();

    public static Func<Random, TensorShape, NetworkLayer> Dense(int outputs) => (random, input) =>
        new DenseLayer(new WeightMatrix(outputs, input.Count, Gaussians(random, outputs * input.Count, input.Count))) { Bias = Gaussians(random, outputs, 4) };

    public static Func<Random, TensorShape, NetworkLayer> Convolution(int maps, int kernel, int stride, int padding) => (random, input) =>
        new ConvolutionLayer(maps, input.Channels, kernel, stride, padding, Gaussians(random, maps * input.Channels * kernel * kernel, input.Channels * kernel * kernel))
        {
            Bias = Gaussians(random, maps, 4),
        };

    private static double[] Gaussians(Random random, int count, int fanIn) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()) / fanIn) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
