using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Fuzz.Networks;

/// <summary>Small network files to start from, with every kind of layer.</summary>
internal sealed class NetworkCorpus
{
    public NetworkCorpus()
    {
        var random = new Random(7);
        var range = new ValueRange(0, 1);
        NetworkDescription[] networks =
        [
            new(TensorShape.Vector(12), range, [Dense(random, 3, 12)]),
            new(TensorShape.Vector(20), range, [Dense(random, 8, 20), new SquareLayer(), Dense(random, 4, 8)]),
            new(TensorShape.Vector(9), range, [Dense(random, 5, 9), new QuadraticLayer(0.25, 0.5, 0.1), Dense(random, 2, 5)]),
            new(new TensorShape(1, 8, 8), range,
            [
                new ConvolutionLayer(2, 1, 5, 2, 1, Array.ConvertAll(Values(random, 50), weight => weight / 5)) { Bias = Values(random, 2) }, new SquareLayer(), Dense(random, 6, 18), new SquareLayer(), Dense(random, 3, 6),
            ]),
        ];
        Files =
        [
            .. networks.Select(network => NetworkFile.Create(network).ToBytes()),
            NetworkFile.Create(Measured(networks[1], random)).ToBytes(),
            NetworkFile.Create(networks[1], new PlannerOptions { BabySteps = 2, MinHidingBits = 4 }).ToBytes(),
        ];
    }

    public IReadOnlyList<byte[]> Files { get; }

    public byte[] Pick(Random random) => Files[random.Next(Files.Count)];

    private static NetworkDescription Measured(NetworkDescription network, Random random) => network.Measured(Enumerable.Range(0, 20).Select(_ => Array.ConvertAll(Values(random, network.Input.Count), Math.Abs)));

    private static DenseLayer Dense(Random random, int rows, int columns) => new(new WeightMatrix(rows, columns, Array.ConvertAll(Values(random, rows * columns), weight => weight / Math.Sqrt(columns)))) { Bias = Values(random, rows) };

    private static double[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
