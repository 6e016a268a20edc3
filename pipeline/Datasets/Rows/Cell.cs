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

/// <summary>One value of the current row, borrowed from the reader until it reads on.</summary>
internal readonly ref struct Cell
{
    private Cell(CellKind kind, ReadOnlySpan<char> text, double number, ReadOnlySpan<byte> image, ReadOnlySpan<float> vector)
    {
        Kind = kind;
        Text = text;
        Number = number;
        Image = image;
        Vector = vector;
    }

    public CellKind Kind { get; }

    public ReadOnlySpan<char> Text { get; }

    public double Number { get; }

    public ReadOnlySpan<byte> Image { get; }

    public ReadOnlySpan<float> Vector { get; }

    public static Cell Missing => default;

    public static Cell OfUntyped(ReadOnlySpan<char> text) => text.IsEmpty ? default : new(CellKind.Untyped, text, 0, default, default);

    public static Cell OfText(ReadOnlySpan<char> text) => text.IsEmpty ? default : new(CellKind.Text, text, 0, default, default);

    public static Cell OfNumber(double number) => new(CellKind.Number, default, number, default, default);

    public static Cell OfImage(ReadOnlySpan<byte> image) => new(CellKind.Image, default, 0, image, default);

    public static Cell OfVector(ReadOnlySpan<float> vector) => new(CellKind.Vector, default, 0, default, vector);
}
