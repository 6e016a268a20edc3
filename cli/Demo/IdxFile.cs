using System.Buffers.Binary;
using System.IO.Compression;

namespace AIaaS.Cli.Demo;

/// <summary>Writes IDX, the format of the MNIST files: 00 00 08 (unsigned bytes), dimensions, big-endian lengths, values; gzipped.</summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    /// <param name="path">Overwritten.</param>
    /// <param name="shape">At most four dimensions whose product is the number of values.</param>
    /// <param name="values">Row-major.</param>
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
