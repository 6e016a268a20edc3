using System.Buffers.Binary;
using AIaaS.Pipeline.Datasets.Formats.Tensors;

namespace AIaaS.Pipeline.Datasets.Formats.Idx;

/// <summary>The header of an IDX file (LeCun's MNIST page): two zero bytes, element type, rank, then the dimensions as 32-bit big-endian.</summary>
internal static class IdxHeader
{
    public const int MaxRank = 4;

    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && head[0] == 0 && head[1] == 0 && head[2] is 0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E && head[3] is >= 1 and <= MaxRank;

    public static int Length(ReadOnlySpan<byte> head) => 4 + 4 * head[3];

    public static ElementType Element(ReadOnlySpan<byte> head) => head[2] switch
    {
        0x08 => new(ElementKind.Unsigned, 1, BigEndian: true),
        0x09 => new(ElementKind.Signed, 1, BigEndian: true),
        0x0B => new(ElementKind.Signed, 2, BigEndian: true),
        0x0C => new(ElementKind.Signed, 4, BigEndian: true),
        0x0D => new(ElementKind.Float, 4, BigEndian: true),
        _ => new(ElementKind.Float, 8, BigEndian: true),
    };

    /// <param name="head">At least <see cref="Length"/> bytes.</param>
    public static IReadOnlyList<long> Shape(ReadOnlySpan<byte> head)
    {
        var shape = new long[head[3]];
        for (var i = 0; i < shape.Length; i++) shape[i] = BinaryPrimitives.ReadUInt32BigEndian(head[(4 + 4 * i)..]);
        return shape;
    }
}
