using System.Diagnostics;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Fuzz.Wire;

/// <summary>Reads changed objects; whatever is accepted must come back from a second reading, byte for byte.</summary>
internal sealed class WireTarget : IFuzzTarget
{
    /// <summary>Messages, stack traces, decompressors.</summary>
    private const long Overhead = 512 * 1024;

    private readonly WireCorpus _corpus = new();
    private readonly WireMutator _mutator;

    public WireTarget() => _mutator = new WireMutator(_corpus);

    public FuzzOutcome Execute(Random random)
    {
        var kind = _corpus.Kinds[random.Next(_corpus.Kinds.Count)];
        var input = _mutator.Mutate(random.Next(16) == 0 ? _corpus.PickAny(random) : _corpus.Pick(kind.Name, random), random);
        using var source = new RaggedStream(input, random.Next());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var accepted = true;
        IDisposable? value = null;
        Exception? failure = null;
        try
        {
            value = kind.Read(source);
        }
        catch (HomomorphicException)
        {
            accepted = false;
        }
#pragma warning disable CA1031 // Anything else is what is looked for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            (failure, accepted) = (error, false);
        }
        clock.Stop();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (value is not null) failure = Reread(kind, value);
        return new FuzzOutcome(kind.Name, input, accepted, failure, allocated, 2 * kind.MaxSize + Overhead, clock.Elapsed);
    }

    private static Exception? Reread(WireKind kind, IDisposable value)
    {
        using (value)
        {
            var first = Write(kind, value);
            using var again = kind.Read(new MemoryStream(first))!;
            return first.AsSpan().SequenceEqual(Write(kind, again)) ? null : new InvalidOperationException("The object is not the same after writing and reading it.");
        }
    }

    private static byte[] Write(WireKind kind, IDisposable value)
    {
        using var stream = new MemoryStream();
        kind.Write(value, new SealWriter(), stream);
        return stream.ToArray();
    }
}
