using System.Buffers.Binary;
using System.IO.Compression;

namespace AIaaS.Cli.Demo;

/// <summary>Writes IDX, the format of the MNIST files: 00 00 08 (unsigned bytes), dimensions, big-endian lengths, values; gzipped.</summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Overwrites <paramref name="path"/>. The product of <paramref name="shape"/> is the number of <paramref name="values"/>, which are row-major.</summary>
    public static async Task WriteGzipAsync(string path, IReadOnlyList<int> shape, ReadOnlyMemory<byte> values, CancellationToken cancellationToken)
    {
        var header = new byte[4 + 4 * shape.Count];
        header[2] = UnsignedByte;
        header[3] = (byte)shape.Count;
        for (var i = 0; i < shape.Count; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), shape[i]);
        await using var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        await gzip.WriteAsync(header, cancellationToken);
        await gzip.WriteAsync(values, cancellationToken);
    }
}
