using System.Net;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>H1 in full: every header byte and ten thousand body bytes of a ciphertext, over HTTP.</summary>
public sealed class CiphertextFlipTests(RunningApp app, EncryptedModelFixture model)
{
    private const int Seed = 20;
    private const int Flips = 10_000;
    private const int Header = 113;
    private const int AtOnce = 4;
    private const long MostMemory = 600L << 20;

    [Theory(Explicit = true)]
    [InlineData(SealCompression.None)]
    [InlineData(SealCompression.Zstd)]
    [InlineData(SealCompression.Zlib)]
    public async Task Ciphertext_TenThousandFlips_AreReadOrRefusedWithMemoryBounded(SealCompression compression)
    {
        var client = await model.ClientAsync(app);
        var good = client.Encrypt(EncryptedModels.Mlp.Input(2), compression: compression)[0];
        var random = new Random(Seed);
        var flips = Enumerable.Range(0, Header).SelectMany(at => Enumerable.Range(0, 8).Select(bit => (at, bit)))
            .Concat(Enumerable.Range(0, Flips).Select(_ => (at: random.Next(good.Length), bit: random.Next(8))));
        var (refused, computed) = (0, 0);

        await Parallel.ForEachAsync(flips, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (flip, _) =>
        {
            var damaged = good.ToArray();
            damaged[flip.at] ^= (byte)(1 << flip.bit);
            using var answer = await client.SendAsync([damaged]);
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], $"seed {Seed}, byte {flip.at}, bit {flip.bit}: {app.Log}");
            if (answer.StatusCode == HttpStatusCode.OK) Interlocked.Increment(ref computed);
            else Interlocked.Increment(ref refused);
        });

        TestContext.Current.TestOutputHelper!.WriteLine($"{compression}: {refused} refused, {computed} computed to what only their sender can tell; peak memory {app.PeakMemory >> 20} MiB");
        refused.ShouldBeGreaterThan(0);
        app.PeakMemory.ShouldBeLessThan(MostMemory);
        (await client.PredictAsync(EncryptedModels.Mlp.Input(2))).Length.ShouldBe(10);
    }
}
