namespace AIaaS.Homomorphic.Ring;

/// <summary>Rows of N residues, one row per prime of each polynomial, each row on a 64-byte boundary.</summary>
/// <remarks>A row is eight bytes a residue; what they hold is the business of the row's <see cref="PrimeRing"/> alone.</remarks>
internal sealed class ResidueBuffer
{
    private const int Alignment = 64;

    /// <summary>Doubles between rows, so that rows a power of two apart do not all meet in one set of the cache.</summary>
    private const int Padding = 8;

    private readonly double[] _words;
    private readonly int _start;

    internal ResidueBuffer(int degree, int rows)
    {
        Degree = degree;
        Rows = rows;
        _words = GC.AllocateUninitializedArray<double>((degree + Padding) * rows + Alignment / sizeof(double), pinned: true);
        _start = FirstAligned(_words);
    }

    public int Degree { get; }

    public int Rows { get; }

    /// <summary>Doubles from the start of one row to the start of the next.</summary>
    public int Stride => Degree + Padding;

    public Span<double> this[int row] => _words.AsSpan(_start + row * Stride, Degree);

    public void Clear() => _words.AsSpan().Clear();

    private static unsafe int FirstAligned(double[] words)
    {
        fixed (double* first = words)
            return (int)((Alignment - (nuint)first % Alignment) % Alignment) / sizeof(double);
    }
}
