using System.Diagnostics;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Circuits.Files;

namespace AIaaS.Fuzz.Networks;

/// <summary>Reads changed network files, which plans them; whatever is accepted must be written and read again to the same bytes.</summary>
internal sealed class NetworkTarget : IFuzzTarget
{
    /// <summary>Messages, stack traces, and and a plan of the largest degree: some 15 times what the corpus needs.</summary>
    private const long Allowed = 64L << 20;

    private static readonly NetworkLimits Limits = new() { MaxFileBytes = 1 << 20, MaxValues = 4096, MaxMatrixEntries = 1 << 14 };

    private readonly NetworkMutator _mutator = new(new NetworkCorpus());

    public FuzzOutcome Execute(Random random)
    {
        var input = _mutator.Mutate(random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        NetworkFile? file = null;
        Exception? failure = null;
        try
        {
            file = NetworkFile.Read(input, Limits);
        }
        catch (HomomorphicException)
        {
            // The typed refusal.
        }
#pragma warning disable CA1031 // Anything else is what is looked for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
        }
        clock.Stop();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (file is not null && !NetworkFile.Read(file.ToBytes(), Limits).ToBytes().AsSpan().SequenceEqual(input))
            failure = new InvalidOperationException("The file is not the same after writing and reading it.");
        return new FuzzOutcome("network", input, file is not null, failure, allocated, Allowed, clock.Elapsed);
    }
}
