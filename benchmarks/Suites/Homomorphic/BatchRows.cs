using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Circuits.Batches;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>The MLP on as many images as there are slots, one in each: no rotation, no encoding of weights.</summary>
internal static class BatchRows
{
    private const string Name = "batch: MLP 784-64-10 on 4,096 images at once";
    private const int Rounds = 3;
    private const double Tolerance = 1;

    public static void Run(SuiteContext context)
    {
        if (!context.Wants(Name)) return;
        var network = new TrainedNetwork(context.ProjectRoot, "mlp-64");
        var plan = BatchPlan.Create(network.Network);
        using var client = new Client(plan.Parameters, []);
        var images = Enumerable.Range(0, plan.BatchSize).Select(slot => network.Image(slot % network.ImageCount)).ToArray();
        var request = plan.Pack(images).Select(slots => client.Encrypt(slots, plan.InputScale)).ToArray();
        foreach (var threads in (int[])[2, 1])
        {
            var executor = new BatchExecutor<Ciphertext, Plaintext, EncodedTransform>(client.Evaluator, plan, threads);
            Check(client, network, plan, executor.Run(request));
            var time = Times.Median(Rounds, () => Array.ForEach(executor.Run(request), value => value.Dispose()));
            context.Report(BenchmarkResult.Single(
                "homomorphic", $"{Name}, {threads} thread{(threads == 1 ? "" : "s")}: per image", time / plan.BatchSize, "ms", Better.Lower, threads == 2 ? 0.2 : null));
        }
        Array.ForEach(request, value => value.Dispose());
    }

    private static void Check(Client client, TrainedNetwork network, BatchPlan plan, Ciphertext[] reply)
    {
        var logits = plan.Unpack([.. reply.Select(client.Decrypt)], network.ImageCount);
        for (var image = 0; image < network.ImageCount; image++)
            foreach (var (value, expected) in logits[image].Zip(network.Logits(image)))
                if (!(Math.Abs(value - expected) < Tolerance)) throw new InvalidOperationException($"A logit of image {image} is {value}, not {expected}.");
        Array.ForEach(reply, value => value.Dispose());
    }
}
