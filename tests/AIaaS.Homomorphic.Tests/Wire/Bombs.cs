using System.Buffers.Binary;
using System.IO.Compression;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

/// <summary>Valid objects that go on inflating to zeros for ever.</summary>
internal static class Bombs
{
    private const int BlockSize = 128 * 1024;

    /// <summary>By hand: a raw block with the object, then blocks of one repeated byte, 4 bytes for each 128 KB (RFC 8878).</summary>
    public static byte[] Zstd(byte[] plain, int gigabytes, int windowBits = 20)
    {
        var frame = new MemoryStream();
        frame.Write(plain.AsSpan(0, SealHeader.Length));
        frame.Write([0x28, 0xB5, 0x2F, 0xFD, 0x00, (byte)((windowBits - 10) << 3)]);
        WriteBlock(frame, 0, plain.Length - SealHeader.Length, last: false);
        frame.Write(plain.AsSpan(SealHeader.Length));
        for (var left = (long)gigabytes << 30; left > 0; left -= BlockSize)
        {
            WriteBlock(frame, 1, BlockSize, last: left <= BlockSize);
            frame.WriteByte(0);
        }
        return WithHeader(frame, SealCompression.Zstd);
    }

    public static byte[] Zlib(byte[] plain, int megabytes)
    {
        var body = new MemoryStream();
        body.Write(plain.AsSpan(0, SealHeader.Length));
        using (var deflated = new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflated.Write(plain.AsSpan(SealHeader.Length));
            for (var i = 0; i < megabytes; i++) deflated.Write(new byte[1 << 20]);
        }
        return WithHeader(body, SealCompression.Zlib);
    }

    private static void WriteBlock(MemoryStream frame, int type, int size, bool last)
    {
        var header = (size << 3) | (type << 1) | (last ? 1 : 0);
        frame.Write([(byte)header, (byte)(header >> 8), (byte)(header >> 16)]);
    }

    // A length that a ciphertext may have, since more is refused before anything is inflated.
    private static byte[] WithHeader(MemoryStream stream, SealCompression compression)
    {
        var bytes = stream.ToArray();
        bytes[5] = (byte)compression;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), (ulong)Math.Min(bytes.Length, 60_000));
        return bytes;
    }
}
