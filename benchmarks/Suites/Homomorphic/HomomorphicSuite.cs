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
        await TransformRows.RunAsync(context, peer);
    }
}
