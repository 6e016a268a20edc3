using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Encoded slots: one polynomial in NTT form, a row per prime of its level. Immutable.</summary>
public sealed class Plaintext : ICkksValue, IDisposable
{
    private ResidueBuffer? _rows;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="rows">level + 1 rows, owned from now on.</param>
    /// <param name="level">Its level.</param>
    /// <param name="scale">Its scale.</param>
    internal Plaintext(CkksContext context, ResidueBuffer rows, int level, double scale)
    {
        Context = context;
        _rows = rows;
        Level = level;
        Scale = scale;
    }

    public int Level { get; }

    public double Scale { get; }

    public CkksContext Context { get; }

    internal ResidueBuffer Rows => _rows ?? throw new ObjectDisposedException(nameof(Plaintext));

    /// <summary>Zeroes and gives back the memory: plaintexts are secrets of whoever made them.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows) Context.Pool.Return(rows, secret: true);
    }
}
