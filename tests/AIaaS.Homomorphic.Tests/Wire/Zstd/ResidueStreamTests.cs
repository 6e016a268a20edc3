using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;
using AIaaS.Homomorphic.Wire.Zstd;
using ZstdSharp;

namespace AIaaS.Homomorphic.Tests.Wire.Zstd;

public sealed class ResidueStreamTests
{
    private const int Degree = 8192;

    [Theory]
    [InlineData(36, 5.6)]
    [InlineData(40, 5.1)]
    [InlineData(42, 5.8)]
    [InlineData(46, 6.36)]
    [InlineData(47, 6.5)]
    public void Rows_OfSmallPrimes_ComeBackAndTakeLittleMoreThanTheirBits(int bits, double bytesPerWord)
    {
        var rows = Enumerable.Range(0, 4).Select(row => Words(Degree, bits, row)).ToArray();

        var compressed = Compress(rows);

        Decompress(compressed).ShouldBe(rows.SelectMany(row => row));
        (compressed.Length / 4.0 / Degree).ShouldBeLessThan(bytesPerWord);
    }

    [Fact]
    public void AnyWrites_ComeBackWhole()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var writes = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(4) switch
            {
                0 => Words(random.Next(1, 40_000), random.Next(20, 65), random.Next()),
                1 => Mixed(random.Next(512, 9000), random),
                2 => new byte[random.Next(300_000)],
                _ => Words(random.Next(1, 3000), 64, random.Next())[random.Next(8)..],
            }).ToArray();

            Decompress(Compress(writes)).ShouldBe(writes.SelectMany(write => write).ToArray(), $"round {round}");
        }
    }

    [Fact]
    public void Ciphertext_OfPrimesWithMoreBits_TakesTheGeneralWayAndBothAreRead()
    {
        foreach (var (bits, limit) in ((int[], int)[])[([46, 47, 50], 105_400), ([50, 50, 50], 119_000)])
        {
            var context = new CkksContext(CkksParameters.Create(Degree, bits));
            using var secret = new KeyGenerator(context).CreateSecretKey();
            using var plaintext = new CkksEncoder(context).Encode([1.5, -2.25], 1, 1 << 22);
            using var ciphertext = new SymmetricEncryptor(secret).Encrypt(plaintext);
            using var stream = new MemoryStream();
            new SealWriter(compression: SealCompression.Zstd).Write(stream, ciphertext);

            using var read = new SealReader(context).ReadCiphertext(stream.ToArray()).Value;
            using var decrypted = new Decryptor(secret).Decrypt(read);
            var slots = new double[Degree / 2];
            new CkksEncoder(context).Decode(decrypted, slots);

            stream.Length.ShouldBeLessThan(limit);
            slots[0].ShouldBe(1.5, 1e-3);
            slots[1].ShouldBe(-2.25, 1e-3);
        }
    }

    private static byte[] Words(int count, int bits, int seed)
    {
        var words = new ulong[count];
        new Random(seed).NextBytes(MemoryMarshal.AsBytes(words.AsSpan()));
        return MemoryMarshal.AsBytes(Array.ConvertAll(words, word => bits == 64 ? word : word >> (64 - bits)).AsSpan()).ToArray();
    }

    /// <summary>Stretches that match nothing, so that runs of literals have every length.</summary>
    private static byte[] Mixed(int count, Random random)
    {
        var words = new ulong[count];
        var (left, bits) = (0, 0);
        foreach (ref var word in words.AsSpan())
        {
            if (left-- <= 0) (left, bits) = (1 << random.Next(12), random.Next(2) == 0 ? 44 : 64);
            word = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits);
        }
        return MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
    }

    private static byte[] Compress(IEnumerable<byte[]> writes)
    {
        using var destination = new MemoryStream();
        using (var stream = new ResidueStream(destination))
        {
            foreach (var write in writes) stream.Write(write);
        }
        return destination.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var plain = new MemoryStream();
        using var stream = new DecompressionStream(new MemoryStream(compressed));
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
