using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Homomorphic;
using AIaaS.Homomorphic.Circuits.Files;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>
/// Encrypted predictions through the service: networks trained on Fashion-MNIST by jobs, the .NET client, HTTP over the loopback, keys in blob storage.
/// Client and service share the machine's cores.
/// </summary>
internal sealed class EncryptedSuite : ISuite
{
    private const double GoalOverNodeSeal = 8;

    public string Name => "encrypted";

    public string Description => "Encrypted predictions through the service: latency, bytes, requests/s, a cold process, node-seal on the same plan.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var images = await TestImages.FashionAsync(cancellationToken);
        await using var peer = await NodeSealPeer.StartAsync(context, cancellationToken);
        await using var stack = await EncryptedStack.StartAsync(context, cancellationToken);
        foreach (var shape in EncryptedShape.All)
        {
            if (Parts(shape).All(part => !context.Wants(part))) continue;
            var file = await stack.TrainAsync(shape.Name, images, shape, shape.Epochs, cancellationToken);
            context.Log($"{file.Plan.Parameters}; predicted {file.Plan.PredictedMilliseconds:0.0} ms");
            await stack.StartServiceAsync(threads: null, cancellationToken);
            var rows = new ServedRows(context, stack, images, shape);
            if (context.Wants(Parts(shape)[0])) await rows.PredictionAsync(cancellationToken);
            if (context.Wants(Parts(shape)[1]))
            {
                await rows.ThroughputAsync("2 threads a request", cancellationToken);
                await stack.StartServiceAsync(threads: 1, cancellationToken);
                await rows.ThroughputAsync("1 thread a request", cancellationToken);
            }
            if (context.Wants(Parts(shape)[2])) await rows.ColdAsync(cancellationToken);
            if (context.Wants(Parts(shape)[3])) await PeerAsync(context, peer, images, file, Parts(shape)[3]);
        }
    }

    private static string[] Parts(EncryptedShape shape) =>
        [$"{shape.Name}: prediction", $"{shape.Name}: requests/s", $"{shape.Name}: cold process", $"{shape.Name}: same plan"];

    /// <summary>In this process, where nothing but the computing is timed.</summary>
    private async Task PeerAsync(SuiteContext context, NodeSealPeer peer, TestImages images, NetworkFile file, string name)
    {
        var network = new TrainedNetwork(file.Network, images.HeldOut.Images);
        using var run = new PlanRun(network, file.Plan);
        var (ours, theirs) = await PeerPlan.CompareAsync(peer, run, network);
        context.Report(BenchmarkResult.Compare(Name, $"{name}, server part, one thread", NodeSealPeer.Name, ours, theirs, "ms", Better.Lower, GoalOverNodeSeal));
    }
}
