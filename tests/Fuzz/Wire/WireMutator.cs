using System.Buffers.Binary;
using System.IO.Compression;
using ZstdSharp;

namespace AIaaS.Fuzz.Wire;

/// <summary>Changes an object the way that breaks readers: in its fields, in its headers, in its length, and under its compression.</summary>
internal sealed class WireMutator(WireCorpus corpus)
{
    private const int HeaderLength = 16;

    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 255, 256, 1023, 1024, 1025, 2048, 3072, 4096, 32768, 65535, 65536, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32,
        1UL << 60, 1UL << 61, long.MaxValue, 1UL << 63, ulong.MaxValue, ulong.MaxValue - 7,
        0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x8000000000000000, 0x3FF0000000000000, 0x0000000000000001, 0x7FEFFFFFFFFFFFFF,
    ];

    public byte[] Mutate(byte[] input, Random random)
    {
        var compression = input[5];
        // Half of the time a compressed object is changed under its compression.
        if (compression is 1 or 2 && random.Next(2) == 0)
        {
            var body = Inflate(input, compression);
            return Deflate(Several(body, random), random.Next(4) == 0 ? (byte)random.Next(1, 3) : compression, random);
        }
        var mutated = Several([.. input], random);
        if (random.Next(2) == 0 && mutated.Length >= HeaderLength) BinaryPrimitives.WriteUInt64LittleEndian(mutated.AsSpan(8), (ulong)mutated.Length);
        return mutated;
    }

    private byte[] Several(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--) bytes = Once(bytes, random);
        return bytes;
    }

    private byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length < 2 * HeaderLength) return [.. bytes, .. new byte[HeaderLength]];
        switch (random.Next(10))
        {
            case 0: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[random.Next(bytes.Length)] = (byte)random.Next(256); return bytes;
            case 2: bytes[random.Next(Math.Min(bytes.Length, 128))] = (byte)random.Next(256); return bytes;
            case 3: return Word(bytes, random.Next(Math.Min(bytes.Length - 8, 128)), random);
            case 4: return Word(bytes, random.Next(bytes.Length - 8), random);
            case 5: return AtHeader(bytes, random);
            case 6: return bytes[..random.Next(bytes.Length)];
            case 7: return [.. bytes, .. new byte[random.Next(1, 64)]];
            case 8: return Cut(bytes, random);
            default: return Splice(bytes, corpus.PickAny(random), random);
        }
    }

    private static byte[] Word(byte[] bytes, int offset, Random random)
    {
        var value = Interesting[random.Next(Interesting.Length)];
        if (random.Next(4) == 0) value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset)) + (ulong)(random.Next(9) - 4);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
        return bytes;
    }

    // A field of some header, or one of the words that follow it.
    private static byte[] AtHeader(byte[] bytes, Random random)
    {
        ReadOnlySpan<byte> start = [0x5E, 0xA1, HeaderLength];
        var from = random.Next(bytes.Length);
        var found = bytes.AsSpan(from).IndexOf(start);
        var header = found >= 0 ? from + found : Math.Max(0, bytes.AsSpan().IndexOf(start));
        var offset = header + random.Next(HeaderLength + 64);
        if (offset + 8 > bytes.Length) return bytes;
        if (random.Next(2) == 0) return Word(bytes, offset, random);
        bytes[offset] = (byte)random.Next(256);
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

    private static byte[] Inflate(byte[] input, byte compression)
    {
        using var source = new MemoryStream(input, HeaderLength, input.Length - HeaderLength);
        using Stream inflated = compression == 1 ? new ZLibStream(source, CompressionMode.Decompress) : new DecompressionStream(source);
        using var body = new MemoryStream();
        body.Write(input, 0, HeaderLength);
        inflated.CopyTo(body);
        return body.ToArray();
    }

    private static byte[] Deflate(byte[] plain, byte compression, Random random)
    {
        var header = plain.Length >= HeaderLength ? plain[..HeaderLength] : new byte[HeaderLength];
        using var result = new MemoryStream();
        result.Write(header);
        using (Stream deflated = compression == 1 ? new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true) : new CompressionStream(result, 1, leaveOpen: true))
        {
            deflated.Write(plain.AsSpan(Math.Min(plain.Length, HeaderLength)));
            // Now and then something that inflates to far more than it is.
            if (random.Next(64) == 0) deflated.Write(new byte[random.Next(1 << 22)]);
        }
        var bytes = result.ToArray();
        if (random.Next(4) != 0) bytes[5] = compression;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), (ulong)bytes.Length);
        return bytes;
    }
}
