using AIaaS.Benchmarks.Harness;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Single operations at fresh ciphertexts.</summary>
internal static class OperationRows
{
    private const int OurCount = 40;

    public static async Task RunAsync(SuiteContext context, NodeSealPeer peer, ParameterSet set)
    {
        var rows = Rows(set).Where(row => context.Wants(row.Name)).ToList();
        if (rows.Count == 0) return;
        using var client = new Client(set, [1]);
        var values = client.SampleValues();
        using var plaintext = client.Evaluator.Encode(values, set.MaxLevel, ParameterSet.Scale);
        using var a = client.Encrypt(values, ParameterSet.Scale);
        using var b = client.Encrypt(values, ParameterSet.Scale);
        using var x = client.Evaluator.CreateDestination();
        using var y = client.Evaluator.CreateDestination();
        await peer.SetUpAsync(set, ParameterSet.Scale, [1]);
        foreach (var row in rows)
        {
            var (ours, theirs) = await Times.CompareAsync(OurCount, () => row.Run(new Operands(client, values, plaintext, a, b, x, y)), () => peer.TimeAsync(row.PeerOperation, row.PeerCount));
            context.Report(BenchmarkResult.Compare("homomorphic", row.Name, NodeSealPeer.Name, ours, theirs, "ms", Better.Lower, row.Goal));
        }
    }

    private static IEnumerable<Row> Rows(ParameterSet set)
    {
        yield return new($"{set.Name}: ct x pt", "multiplyPlain", 40, Goal(25, null, null), o => o.Client.Evaluator.Multiply(o.A, o.Plaintext, o.X));
        yield return new($"{set.Name}: ct x ct + relinearize + rescale", "multiplyRelinearizeRescale", 6, Goal(10, null, null), o =>
        {
            o.Client.Evaluator.Multiply(o.A, o.B, o.X);
            o.Client.Evaluator.Relinearize(o.X, o.Y);
            o.Client.Evaluator.Rescale(o.Y, o.X);
        });
        yield return new($"{set.Name}: rotate", "rotate", 6, Goal(10, 8, null), o => o.Client.Evaluator.Rotate(o.A, 1, o.X));
        yield return new($"{set.Name}: encode", "encode", 30, Goal(3, null, null), o => o.Client.Evaluator.Encode(o.Values, o.A.Level, ParameterSet.Scale).Dispose());
        yield return new($"{set.Name}: encrypt (symmetric)", "encryptSymmetric", 20, Goal(3, null, null), o => o.Client.Encrypt(o.Plaintext).Dispose());
        yield return new($"{set.Name}: decrypt", "decrypt", 40, Goal(4, null, null), o => o.Client.DecryptOnly(o.A));

        double? Goal(double? a, double? b, double? c) => set.Name switch { "A" => a, "B" => b, _ => c };
    }

    private sealed record Row(string Name, string PeerOperation, int PeerCount, double? Goal, Action<Operands> Run);

    private sealed record Operands(Client Client, double[] Values, Plaintext Plaintext, Ciphertext A, Ciphertext B, Ciphertext X, Ciphertext Y);
}
