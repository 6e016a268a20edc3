using System.IO.Compression;
using System.Numerics;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace AIaaS.Homomorphic.Wire;

/// <summary>The decompressors, with bounded memory and errors of our own kind.</summary>
internal static class Inflater
{
    /// <summary>SEAL's level writes windows of at most 2 MB whatever the object's size.</summary>
    private const int MinWindowBits = 21;

    private const int MaxWindowBits = 27;

    /// <param name="source">Compressed.</param>
    /// <param name="compression">How.</param>
    /// <param name="maxSize">Of the object; a zstd window larger than it is refused.</param>
    public static Stream Open(Stream source, SealCompression compression, long maxSize)
    {
        if (compression == SealCompression.Zlib) return new ZLibStream(source, CompressionMode.Decompress, leaveOpen: true);
        var zstd = new DecompressionStream(source, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, Math.Clamp(BitOperations.Log2((ulong)maxSize) + 1, MinWindowBits, MaxWindowBits));
        return zstd;
    }

    /// <exception cref="WireFormatException">The data are not what the decompressor reads.</exception>
    public static int Read(Stream stream, Span<byte> destination, string name)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (Exception error) when (stream is ZLibStream or DecompressionStream && IsAboutTheData(error))
        {
            throw new WireFormatException($"The {name} does not decompress: {error.Message}", error);
        }
    }

    // .NET's own zlib error (a stream that wants a dictionary, say) is an internal IOException; one of the source's comes from elsewhere.
    private static bool IsAboutTheData(Exception error) =>
        error is InvalidDataException or ZstdException or EndOfStreamException
        || (error is IOException && error.GetType().Assembly == typeof(ZLibStream).Assembly);
}
