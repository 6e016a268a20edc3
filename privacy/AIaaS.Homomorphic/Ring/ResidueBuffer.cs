namespace AIaaS.Homomorphic.Ring;

/// <summary>Rows of N residues, one row per prime of each polynomial, each row on a 64-byte boundary.</summary>
/// <remarks>A row is eight bytes a residue; what they hold is the business of the row's <see cref="PrimeRing"/> alone.</remarks>
internal sealed class ResidueBuffer
{
    private const int Alignment = 64;

    private readonly double[] _words;
    private readonly int _start;

    internal ResidueBuffer(int degree, int rows)
    {
        Degree = degree;
        Rows = rows;
        _words = GC.AllocateUninitializedArray<double>(degree * rows + Alignment / sizeof(double), pinned: true);
        _start = FirstAligned(_words);
    }

    public int Degree { get; }

    public int Rows { get; }

    public Span<double> this[int row] => _words.AsSpan(_start + row * Degree, Degree);

    /// <summary>All rows, one after the other.</summary>
    public Span<double> All => _words.AsSpan(_start, Rows * Degree);

    /// <summary>Rows <paramref name="first"/> to first + count - 1, one after the other.</summary>
    public Span<double> Range(int first, int count) => _words.AsSpan(_start + first * Degree, count * Degree);

    public void Clear() => All.Clear();

    private static unsafe int FirstAligned(double[] words)
    {
        fixed (double* first = words)
            return (int)((Alignment - (nuint)first % Alignment) % Alignment) / sizeof(double);
    }
}
