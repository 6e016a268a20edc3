using AIaaS.Fuzz.Wire;
using AIaaS.Homomorphic.Tests.Vectors;

namespace AIaaS.Homomorphic.Tests.Wire;

/// <summary>Whatever is done to the bytes: a typed error or a valid object, and no more memory than the parameters allow.</summary>
public sealed class CorruptedObjectTests
{
    private const long Overhead = 512 * 1024;

    private static readonly WireCorpus Corpus = new();

    public static TheoryData<string, string> Files => new()
    {
        { "parms", "parms" }, { "pt", "pt" }, { "sk", "sk" }, { "pk", "pk_seeded" }, { "ct", "ct_seeded" }, { "ct", "ct_rescaled" },
        { "ct", "ct_seeded_zlib" }, { "ct", "node_ct_seeded_zstd" }, { "relin", "relin_seeded" },
    };

    // All 255 changes of every byte take minutes: run with -explicit only.
    [Theory(Explicit = true)]
    [MemberData(nameof(Files))]
    public void HeaderBytes_WithEveryOtherValue_AreRefusedOrValid(string kind, string file) =>
        ChangeHeader(kind, file, [.. Enumerable.Range(1, 255).Select(change => (byte)change)]);

    [Theory]
    [MemberData(nameof(Files))]
    public void HeaderBytes_WithBitsFlipped_AreRefusedOrValid(string kind, string file) =>
        ChangeHeader(kind, file, [1, 2, 4, 8, 16, 32, 64, 128, 255]);

    [Fact]
    public void HeaderBytesOfGaloisKeys_Flipped_AreRefusedOrValid()
    {
        var bytes = VectorFile.Bytes("galois_seeded");
        for (var position = 0; position < 176; position++)
        {
            bytes[position] ^= (byte)(1 << position % 8);
            ShouldRefuseOrRead("galois", bytes);
            bytes[position] ^= (byte)(1 << position % 8);
        }
    }

    [Theory]
    [InlineData(1_000)]
    public void BodyBytes_Changed_AreRefusedOrValid(int times)
    {
        var random = new Random(5);
        for (var i = 0; i < times; i++)
        {
            var (kind, file) = Files.ElementAt(1 + i % (Files.Count - 1)).Data;
            var bytes = VectorFile.Bytes(file);
            bytes[random.Next(64, bytes.Length)] ^= (byte)random.Next(1, 256);
            ShouldRefuseOrRead(kind, bytes);
        }
    }

    [Fact(Explicit = true)]
    public void BodyBytes_TenThousandChanged_AreRefusedOrValid() => BodyBytes_Changed_AreRefusedOrValid(10_000);

    [Theory]
    [MemberData(nameof(Files))]
    public void Bytes_CutAnywhere_AreRefused(string kind, string file)
    {
        var bytes = VectorFile.Bytes(file);
        var random = new Random(6);
        int[] lengths = [.. Enumerable.Range(0, Math.Min(256, bytes.Length)), bytes.Length - 1, .. Enumerable.Range(0, 200).Select(_ => random.Next(bytes.Length))];
        foreach (var length in lengths)
        {
            Should.Throw<HomomorphicException>(() => Read(kind, bytes[..length]));
            // The same with a header that agrees with the new length. A zlib stream's last 4 bytes are a checksum; without it the object is still whole.
            if (length <= 16 || (bytes[5] == 1 && length >= bytes.Length - 4)) continue;
            var agreeing = bytes[..length];
            BitConverter.TryWriteBytes(agreeing.AsSpan(8), (ulong)length);
            Should.Throw<HomomorphicException>(() => Read(kind, agreeing));
        }
    }

    // The fields end at byte 113 of a ciphertext, 161 of the first digit of a key.
    private static void ChangeHeader(string kind, string file, byte[] changes)
    {
        var bytes = VectorFile.Bytes(file);
        for (var position = 0; position < Math.Min(176, bytes.Length); position++)
            foreach (var change in changes)
            {
                bytes[position] ^= change;
                ShouldRefuseOrRead(kind, bytes);
                bytes[position] ^= change;
            }
    }

    private static void ShouldRefuseOrRead(string kindName, byte[] bytes)
    {
        var kind = Corpus.Kinds.Single(kind => kind.Name == kindName);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            kind.Read(new MemoryStream(bytes))?.Dispose();
        }
        catch (HomomorphicException)
        {
            // Typed: what is asked for.
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2 * kind.MaxSize + Overhead);
    }

    private static void Read(string kind, byte[] bytes) => Corpus.Kinds.Single(candidate => candidate.Name == kind).Read(new MemoryStream(bytes))?.Dispose();
}
