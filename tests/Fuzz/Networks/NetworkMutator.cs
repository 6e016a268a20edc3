using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AIaaS.Fuzz.Networks;

/// <summary>Changes a network file's fields and lengths. Most of the time its digest is made right again, so that what is behind it is reached.</summary>
internal sealed class NetworkMutator(NetworkCorpus corpus)
{
    private const int Head = 200;

    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 3, 4, 5, 8, 15, 16, 25, 31, 32, 33, 49, 64, 127, 128, 255, 256, 257, 1023, 1024, 1025, 2048, 4096, 8192, 16384, 32768, 65535, 65536, 65537,
        1 << 20, 1 << 24, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue,
        0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x8000000000000000, 0x3FF0000000000000, 0x4000000000000000, 1, 0x7FEFFFFFFFFFFFFF, 0xBFF0000000000000,
    ];

    public byte[] Mutate(Random random)
    {
        var body = corpus.Pick(random)[..^SHA256.HashSizeInBytes];
        for (var i = random.Next(1, 5); i > 0; i--) body = Once(body, random);
        return [.. body, .. random.Next(16) == 0 ? RandomNumbers(random) : SHA256.HashData(body)];
    }

    private byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length < 16) return [.. bytes, .. new byte[16]];
        // What counts stands in front; weights are most of a file.
        var end = random.Next(4) == 0 ? bytes.Length : Math.Min(bytes.Length, Head);
        switch (random.Next(10))
        {
            case 0: bytes[random.Next(end)] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[random.Next(end)] = (byte)random.Next(256); return bytes;
            case 2: bytes[random.Next(end)] += (byte)(random.Next(5) - 2); return bytes;
            case 3 or 4: return Word(bytes, random.Next(end), sizeof(int), random);
            case 5 or 6: return Word(bytes, random.Next(end), sizeof(ulong), random);
            case 7: return bytes[..random.Next(bytes.Length)];
            case 8: return Cut(bytes, random);
            default: return Splice(bytes, corpus.Pick(random), random);
        }
    }

    private static byte[] Word(byte[] bytes, int offset, int size, Random random)
    {
        var value = Interesting[random.Next(Interesting.Length)];
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..Math.Min(size, bytes.Length - offset)].CopyTo(bytes.AsSpan(offset));
        return bytes;
    }

    private static byte[] Cut(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        var count = random.Next(Math.Min(bytes.Length - from, 256));
        return random.Next(2) == 0 ? [.. bytes[..from], .. bytes[(from + count)..]] : [.. bytes[..(from + count)], .. bytes[from..]];
    }

    private static byte[] Splice(byte[] left, byte[] right, Random random)
    {
        var cut = random.Next(Math.Min(left.Length, right.Length));
        return [.. left[..cut], .. right[cut..]];
    }

    private static byte[] RandomNumbers(Random random)
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        random.NextBytes(bytes);
        return bytes;
    }
}
