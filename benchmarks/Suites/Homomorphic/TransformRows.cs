using System.Globalization;
using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Forward and inverse NTT of one row, for every degree and for primes of the fast and of the exact ring.</summary>
internal static class TransformRows
{
    private const double MicrosecondsPerMillisecond = 1e3;
    private const int LargestOfPeer = 32768;

    private static readonly int[] PrimeBits = [40, 50, 60];

    public static async Task RunAsync(SuiteContext context, NodeSealPeer peer)
    {
        for (var degree = 1024; degree <= 65536; degree *= 2)
            foreach (var bits in PrimeBits)
                await RunAsync(context, peer, degree, bits);
    }

    private static async Task RunAsync(SuiteContext context, NodeSealPeer peer, int degree, int bits)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"NTT N={degree}, {bits}-bit prime");
        if (!context.Wants(name + ": forward") && !context.Wants(name + ": inverse")) return;
        var ring = PrimeRings.Create(Primes.Generate(degree, [bits])[0], degree);
        var buffer = new ResiduePool(degree, 1 << 20).Rent(2);
        ring.FromIntegers([.. Enumerable.Range(0, degree).Select(i => (long)i * i)], buffer[0]);
        if (degree <= LargestOfPeer) await peer.SetUpTransformsAsync(degree, bits);
        foreach (var (direction, work) in (IEnumerable<(string, Action)>)
            [("forward", () => ring.Forward(buffer[0], buffer[1])), ("inverse", () => ring.Inverse(buffer[1], buffer[0]))])
        {
            var count = 400_000 / degree * 20;
            if (degree > LargestOfPeer)
            {
                Times.WarmUp(work);
                context.Report(BenchmarkResult.Single("homomorphic", $"{name}: {direction}", Times.Median(count, work) * MicrosecondsPerMillisecond, "us"));
                continue;
            }
            var (ours, theirs) = await Times.CompareAsync(count, work, () => peer.TimeTransformAsync(direction, count / 10));
            context.Report(BenchmarkResult.Compare("homomorphic", $"{name}: {direction}", NodeSealPeer.Name,
                ours * MicrosecondsPerMillisecond, theirs * MicrosecondsPerMillisecond, "us", Better.Lower));
        }
    }
}
