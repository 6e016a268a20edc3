using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>The homomorphic engine against Microsoft SEAL in WebAssembly, in turns, one thread unless a figure says otherwise.</summary>
internal sealed class HomomorphicSuite : ISuite
{
    public string Name => "homomorphic";

    public string Description => "Encrypted computing against node-seal: operations, matrix-vector products, networks, keys.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        await using var peer = await NodeSealPeer.StartAsync(context, cancellationToken);
        ParameterSet[] sets = [ParameterSet.A, ParameterSet.B, ParameterSet.C];
        foreach (var set in sets) await OperationRows.RunAsync(context, peer, set);
        await CircuitRows.RunAsync(context, peer);
        await PlanRows.RunAsync(context, peer);
        BatchRows.Run(context);
        foreach (var set in sets) await KeyRows.RunAsync(context, peer, set);
        await TransformRows.RunAsync(context, peer);
    }
}
