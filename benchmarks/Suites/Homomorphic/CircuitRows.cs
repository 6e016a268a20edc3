using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>The same circuit, layout and keys on both sides: what is hoisted or summed before a division is the engine's own doing.</summary>
internal static class CircuitRows
{
    private const int PeerCount = 2;
    private const int OurCount = 8;
    private const double Tolerance = 1e-3;

    public static async Task RunAsync(SuiteContext context, NodeSealPeer peer)
    {
        var network = new TrainedNetwork(context.ProjectRoot, "mlp-64");
        foreach (var set in (ParameterSet[])[ParameterSet.A, ParameterSet.C])
            await MatrixAsync(context, peer, set, network, $"{set.Name}: matrix-vector 784 to 64, pre-encoded", set == ParameterSet.A ? 14 : null);
        await NetworkAsync(context, peer, ParameterSet.C, network, "C: MLP 784-64-10, square, server only");
    }

    private static async Task MatrixAsync(SuiteContext context, NodeSealPeer peer, ParameterSet set, TrainedNetwork network, string name, double? goal)
    {
        if (!context.Wants(name)) return;
        var matrix = Squat(network, 0, set);
        var image = network.Image(0);
        await CompareAsync(context, peer, set, name, Product(matrix), matrix.Repeat(image, matrix.Width), Weights(network, 0).Multiply(image), goal, threads: null);
    }

    private static async Task NetworkAsync(SuiteContext context, NodeSealPeer peer, ParameterSet set, TrainedNetwork network, string name)
    {
        if (!context.Wants(name)) return;
        var hidden = Squat(network, 0, set);
        var output = Squat(network, 2, set);
        var bias = ((LinearLayer)network.Network.Layers[0]).Bias.ToArray();
        var lastBias = ((LinearLayer)network.Network.Layers[2]).Bias.ToArray();
        CircuitStep[] steps =
        [
            .. Product(hidden), new BiasStep(hidden.Repeat(bias, hidden.Height)), new SquaringStep(), new RescaleStep(),
            .. Product(output), new BiasStep(output.Repeat(lastBias, output.Height)),
        ];
        await CompareAsync(context, peer, set, name, steps, hidden.Repeat(network.Image(0), hidden.Width), network.Logits(0), goal: 16, threads: 2);
    }

    private static async Task CompareAsync(
        SuiteContext context, NodeSealPeer peer, ParameterSet set, string name, IReadOnlyList<CircuitStep> steps, double[] input, double[] expected, double? goal, int? threads)
    {
        var rotations = steps.SelectMany(step => step switch
        {
            TransformStep transform => transform.Transform.Rotations,
            FoldStep fold => fold.Steps,
            _ => [],
        }).Distinct().ToArray();
        using var client = new Client(set, rotations);
        using var request = client.Encrypt(input, ParameterSet.Scale);
        using var circuit = new OurCircuit(client.Evaluator, request, steps);
        Check(client.Decrypt(circuit.Run()), expected, "ours");
        await peer.SetUpAsync(set, ParameterSet.Scale, rotations);
        Check(await peer.PrepareAsync(PeerCircuit.Of(steps), [input], ParameterSet.Scale, Enumerable.Range(0, expected.Length)), expected, "the peer's");

        var (ours, theirs) = await Times.CompareAsync(OurCount, () => circuit.Run(), () => peer.TimeCircuitAsync(PeerCount));
        context.Report(BenchmarkResult.Compare("homomorphic", name, NodeSealPeer.Name, ours, theirs, "ms", Better.Lower, goal));
        if (threads is { } count) await ThreadsAsync(context, client, name, request, steps, count);
    }

    /// <summary>One thread and several in turns.</summary>
    private static async Task ThreadsAsync(SuiteContext context, Client client, string name, AIaaS.Homomorphic.Ckks.Ciphertext request, IReadOnlyList<CircuitStep> steps, int threads)
    {
        using var one = new OurCircuit(client.Evaluator, request, steps);
        using var many = new OurCircuit(client.WithThreads(threads), request, steps);
        Times.WarmUp(() => many.Run());
        var (several, single) = await Times.CompareAsync(OurCount, () => many.Run(), () => Task.FromResult(Times.Median(OurCount, () => one.Run())));
        context.Report(BenchmarkResult.Compare("homomorphic", $"{name}, {threads} threads", "ours, 1 thread", several, single, "ms", Better.Lower, 1.8));
    }

    // The rescale before the folds: they are cheaper at the lower level.
    private static CircuitStep[] Product(SquatMatrix matrix) =>
        [new TransformStep(matrix.Transform, ParameterSet.Scale), new RescaleStep(), new FoldStep(matrix.Folds)];

    private static SquatMatrix Squat(TrainedNetwork network, int layer, ParameterSet set)
    {
        var weights = Weights(network, layer);
        return new SquatMatrix([.. Enumerable.Range(0, weights.Rows).Select(row => weights.Row(row).ToArray())], set.Degree / 2);
    }

    private static WeightMatrix Weights(TrainedNetwork network, int layer) => ((DenseLayer)network.Network.Layers[layer]).Weights;

    /// <summary>A fast wrong answer is no figure.</summary>
    internal static void Check(double[] values, double[] expected, string whose)
    {
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(values[i] - expected[i]) < Tolerance))
                throw new InvalidOperationException($"Value {i} of {whose} is {values[i]}, not {expected[i]}.");
    }
}
