namespace AIaaS.Homomorphic.Wire;

/// <summary>The outermost header and the compression, the same for every object.</summary>
internal static class SealEnvelope
{
    /// <summary>Reads one object and leaves the stream after its last byte.</summary>
    /// <param name="source">At the header.</param>
    /// <param name="name">Of the object, for messages.</param>
    /// <param name="maxSize">The most bytes that the uncompressed object may have, header included.</param>
    /// <param name="body">Reads what is inside.</param>
    /// <exception cref="WireFormatException">It is not such an object.</exception>
    public static SealObject<T> Read<T>(Stream source, string name, long maxSize, Func<WireReader, SealHeader, T> body)
    {
        var header = ReadHeader(source, name);
        // Neither zlib nor zstd makes incompressible data longer than this.
        var limit = header.Compression == SealCompression.None ? maxSize : maxSize + maxSize / 128 + 1024;
        if (header.Size > limit)
            throw new WireFormatException($"The header of the {name} declares {header.Size} bytes; with these parameters it has at most {limit}.");

        var bounded = new BoundedStream(source, header.Size - SealHeader.Length);
        if (header.Compression == SealCompression.None) return Read(bounded, bounded, header, header.Size, name, body);
        using var inflated = Inflater.Open(bounded, header.Compression, maxSize);
        return Read(inflated, bounded, header, maxSize, name, body);
    }

    private static SealObject<T> Read<T>(Stream stream, BoundedStream bounded, SealHeader header, long size, string name, Func<WireReader, SealHeader, T> body)
    {
        using var reader = new WireReader(stream, header.Version, size - SealHeader.Length, name);
        var value = body(reader, header);
        try
        {
            if (!reader.IsAtEnd() || bounded.Left > 0)
                throw new WireFormatException($"There are bytes inside the {name} after its last field.");
        }
        catch
        {
            (value as IDisposable)?.Dispose();
            throw;
        }
        return new SealObject<T>(value, header.Version, header.Compression);
    }

    private static SealHeader ReadHeader(Stream source, string name)
    {
        Span<byte> bytes = stackalloc byte[SealHeader.Length];
        var count = source.ReadAtLeast(bytes, SealHeader.Length, throwOnEndOfStream: false);
        return count == SealHeader.Length
            ? SealHeader.Parse(bytes, name)
            : throw new WireFormatException($"The {name} ends after {count} bytes; its header alone has {SealHeader.Length}.");
    }
}
