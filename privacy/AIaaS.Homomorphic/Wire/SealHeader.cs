using System.Buffers.Binary;

namespace AIaaS.Homomorphic.Wire;

/// <summary>The 16 bytes in front of every object, nested ones included.</summary>
/// <param name="Version">Of SEAL.</param>
/// <param name="Compression">Of what follows.</param>
/// <param name="Size">Bytes of the whole object, these 16 included.</param>
internal readonly record struct SealHeader(SealVersion Version, SealCompression Compression, long Size)
{
    public const int Length = 16;

    private const ushort Magic = 0xA15E;

    /// <param name="bytes">16 of them.</param>
    /// <param name="name">Of the object, for messages.</param>
    /// <exception cref="WireFormatException">It is no header that can be read here.</exception>
    public static SealHeader Parse(ReadOnlySpan<byte> bytes, string name)
    {
        var magic = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (magic != Magic) throw new WireFormatException($"A {name} starts with the bytes 5E A1, not {bytes[0]:X2} {bytes[1]:X2}: this is no SEAL object.");
        if (bytes[2] != Length) throw new WireFormatException($"The header of the {name} says that it has {bytes[2]} bytes; it has {Length}.");
        var version = new SealVersion(bytes[3], bytes[4]);
        if (!version.IsSupported) throw new WireFormatException($"The {name} was written by SEAL {version}; 4.x and {SealVersion.Universal} can be read.");
        if (bytes[5] > (byte)SealCompression.Zstd) throw new WireFormatException($"The {name} is compressed in mode {bytes[5]}; 0 (none), 1 (zlib) and 2 (zstd) can be read.");
        var reserved = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (reserved != 0) throw new WireFormatException($"The reserved field in the header of the {name} is {reserved}; it must be 0.");
        var size = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        if (size is <= Length or > long.MaxValue) throw new WireFormatException($"The header of the {name} declares {size} bytes, header included.");
        return new SealHeader(version, (SealCompression)bytes[5], (long)size);
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Magic);
        bytes[2] = Length;
        bytes[3] = Version.Major;
        bytes[4] = Version.Minor;
        bytes[5] = (byte)Compression;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (ulong)Size);
    }

    /// <summary>Before anything is allocated for it.</summary>
    /// <exception cref="WireFormatException">An uncompressed object is not as long as it must be.</exception>
    public void RequireSize(long expected, string name)
    {
        if (Compression == SealCompression.None && Size != expected)
            throw new WireFormatException($"The header of the {name} declares {Size} bytes; with these fields it has exactly {expected}.");
    }
}
