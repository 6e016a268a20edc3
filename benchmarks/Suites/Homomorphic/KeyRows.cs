using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>What a client does once: context, keys, and what those weigh.</summary>
internal static class KeyRows
{
    private const double BytesPerMegabyte = 1e6;

    public static async Task RunAsync(SuiteContext context, NodeSealPeer peer, ParameterSet set)
    {
        if (Names(set).All(name => !context.Wants(name))) return;
        await peer.SetUpAsync(set, ParameterSet.Scale, [1]);
        var parameters = CkksParameters.Create(set.Degree, set.Bits);
        var ours = new CkksContext(parameters);
        var generator = new KeyGenerator(ours);
        using var secret = generator.CreateSecretKey();
        (string Operation, int Count, Action Run)[] rows =
        [
            ("contextCreation", 2, () => _ = new CkksContext(CkksParameters.Create(set.Degree, set.Bits))),
            ("secretKey", 10, () => generator.CreateSecretKey().Dispose()),
            ("relinearizationKey", 3, () => generator.CreateRelinearizationKey(secret).Dispose()),
            ("galoisKey", 3, () => generator.CreateGaloisKeys(secret, [1]).Dispose()),
        ];
        foreach (var ((operation, count, run), name) in rows.Zip(Names(set)))
        {
            if (!context.Wants(name)) continue;
            var (a, b) = await Times.CompareAsync(2 * count, run, () => peer.TimeAsync(operation, count));
            context.Report(BenchmarkResult.Compare("homomorphic", name, NodeSealPeer.Name, a, b, "ms", Better.Lower));
        }
        // Two halves, a digit per data prime, each over all primes.
        var key = 2L * parameters.DataPrimeCount * parameters.Primes.Length * parameters.Degree * sizeof(double);
        context.Report(BenchmarkResult.Single("homomorphic", $"{set.Name}: one rotation or relinearization key in memory", key / BytesPerMegabyte, "MB"));
    }

    private static string[] Names(ParameterSet set) =>
        [$"{set.Name}: context creation", $"{set.Name}: secret key", $"{set.Name}: relinearization key", $"{set.Name}: a rotation key"];
}
