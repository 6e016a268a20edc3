using System.Net;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.EvaluationKeys;

/// <summary>H1 for keys: sets with flipped bits, each named by its own digest, so that all of it is read.</summary>
public sealed class KeyFlipTests(RunningApp app)
{
    private const int Seed = 21;
    private const int Headers = 1000;
    private const int Flips = 3000;
    private const int AtOnce = 4;
    private const long MostMemory = 600L << 20;

    [Theory(Explicit = true)]
    [InlineData(SealCompression.None)]
    [InlineData(SealCompression.Zstd)]
    public async Task Keys_ThousandsOfFlips_AreTakenOrRefusedWithMemoryBounded(SealCompression compression)
    {
        var good = EvaluationKeyFile.Make(CkksParameters.Create(4096, [36, 34, 36]), [1], compression);
        var random = new Random(Seed);
        var flips = Enumerable.Range(0, Headers).Concat(Enumerable.Range(0, Flips).Select(_ => random.Next(good.Bytes.Length))).Select(at => (at, bit: random.Next(8)));
        var (refused, taken) = (0, 0);

        await Parallel.ForEachAsync(flips, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (flip, _) =>
        {
            var bytes = good.Bytes.ToArray();
            bytes[flip.at] ^= (byte)(1 << flip.bit);
            var file = new EvaluationKeyFile(bytes);
            using var answer = await app.Http.PutAsync($"evaluation-keys/{file.Id}", new ByteArrayContent(file.Bytes));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                // A residue, or a seed: another valid set.
                Interlocked.Increment(ref taken);
                using var deleted = await app.Http.DeleteAsync($"evaluation-keys/{file.Id}");
                deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
                return;
            }
            Interlocked.Increment(ref refused);
            (await answer.ReadProblemAsync()).ShouldBe("EvaluationKeysInvalid", $"seed {Seed}, byte {flip.at}, bit {flip.bit}: {app.Log}");
        });

        TestContext.Current.TestOutputHelper!.WriteLine($"{compression}: {refused} refused, {taken} taken; peak memory {app.PeakMemory >> 20} MiB");
        refused.ShouldBeGreaterThan(0);
        app.PeakMemory.ShouldBeLessThan(MostMemory);
    }
}
