using System.Runtime.InteropServices;

namespace AIaaS.Pipeline.Datasets.Rows;

internal enum CellKind : byte
{
    Missing,

    /// <summary>Text that may spell a number (CSV).</summary>
    Untyped,

    /// <summary>Text that is text (JSON and Parquet strings).</summary>
    Text,

    /// <summary>A number, perhaps not finite.</summary>
    Number,

    /// <summary>Bytes of an image, H x W x C.</summary>
    Image,

    Vector,
}

/// <summary>One value of the current row, borrowed from the reader until it reads on. One span for all kinds: cells are copied for every value of every row.</summary>
internal readonly ref struct Cell
{
    private readonly ReadOnlySpan<byte> _bytes;

    private Cell(CellKind kind, double number, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        Number = number;
        _bytes = bytes;
    }

    public CellKind Kind { get; }

    public double Number { get; }

    /// <summary>Empty unless the kind is a text.</summary>
    public ReadOnlySpan<char> Text => Kind is CellKind.Untyped or CellKind.Text ? MemoryMarshal.Cast<byte, char>(_bytes) : default;

    /// <summary>Empty unless the kind is an image.</summary>
    public ReadOnlySpan<byte> Image => Kind == CellKind.Image ? _bytes : default;

    /// <summary>Empty unless the kind is a vector.</summary>
    public ReadOnlySpan<float> Vector => Kind == CellKind.Vector ? MemoryMarshal.Cast<byte, float>(_bytes) : default;

    public static Cell Missing => default;

    public static Cell OfUntyped(ReadOnlySpan<char> text) => OfText(CellKind.Untyped, text);

    public static Cell OfText(ReadOnlySpan<char> text) => OfText(CellKind.Text, text);

    public static Cell OfNumber(double number) => new(CellKind.Number, number, default);

    public static Cell OfImage(ReadOnlySpan<byte> image) => new(CellKind.Image, 0, image);

    public static Cell OfVector(ReadOnlySpan<float> vector) => new(CellKind.Vector, 0, MemoryMarshal.AsBytes(vector));

    private static Cell OfText(CellKind kind, ReadOnlySpan<char> text) => text.IsEmpty ? default : new(kind, 0, MemoryMarshal.AsBytes(text));
}
