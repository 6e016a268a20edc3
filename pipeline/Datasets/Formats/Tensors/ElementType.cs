using System.Buffers.Binary;

namespace AIaaS.Pipeline.Datasets.Formats.Tensors;

internal enum ElementKind
{
    Unsigned,
    Signed,
    Float,
}

/// <summary>How one element of a tensor is stored. Sizes: integers 1, 2, 4, 8 bytes; floats 2, 4, 8.</summary>
internal readonly record struct ElementType(ElementKind Kind, int Size, bool BigEndian)
{
    public bool IsByte => Kind == ElementKind.Unsigned && Size == 1;

    /// <summary>The element that <paramref name="bytes"/> begins with, exact for all but the largest 64-bit integers.</summary>
    public double Read(ReadOnlySpan<byte> bytes) => (Kind, Size, BigEndian) switch
    {
        (ElementKind.Unsigned, 1, _) => bytes[0],
        (ElementKind.Signed, 1, _) => (sbyte)bytes[0],
        (ElementKind.Unsigned, 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (ElementKind.Unsigned, 2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (ElementKind.Unsigned, 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (ElementKind.Unsigned, 4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (ElementKind.Unsigned, 8, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (ElementKind.Unsigned, 8, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (ElementKind.Signed, 2, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (ElementKind.Signed, 2, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (ElementKind.Signed, 4, false) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (ElementKind.Signed, 4, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        (ElementKind.Signed, 8, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (ElementKind.Signed, 8, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        (ElementKind.Float, 2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (ElementKind.Float, 2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (ElementKind.Float, 4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (ElementKind.Float, 4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (ElementKind.Float, 8, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (ElementKind.Float, 8, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        _ => throw new InvalidOperationException($"No element of {Kind} with {Size} bytes exists."),
    };

    public void ReadAll(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (float)Read(bytes[(i * Size)..]);
    }
}
