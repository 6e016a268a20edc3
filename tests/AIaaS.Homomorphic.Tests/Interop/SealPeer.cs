using System.Text.Json.Nodes;
using AIaaS.NodeSeal;
using AIaaS.Testing;

[assembly: AssemblyFixture(typeof(AIaaS.Homomorphic.Tests.Interop.SealPeer))]

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>The real SEAL, through node-seal in a process of its own. One for all tests, one test at a time: it holds keys.</summary>
public sealed class SealPeer : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private NodeSealProcess? _process;

    /// <summary>A client or server with a parameter set; disposing lets the next test have it.</summary>
    internal async Task<SealSession> OpenAsync(SealSet set)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _process ??= await NodeSealProcess.StartAsync(ProjectRoot.Path, "interop.mjs", TestContext.Current.CancellationToken);
            var answer = await _process.CallAsync(
                new JsonObject { ["do"] = "context", ["degree"] = set.Degree, ["bits"] = new JsonArray([.. set.Bits.Select(bits => (JsonNode)bits)]) },
                TestContext.Current.CancellationToken);
            var primes = answer["primes"]!.AsArray().Select(prime => ulong.Parse(prime!.GetValue<string>())).ToArray();
            return new SealSession(_process, primes, _one);
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _one.Dispose();
    }
}
