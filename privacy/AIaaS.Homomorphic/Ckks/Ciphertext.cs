using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Encrypted slots: 2 or 3 polynomials in NTT form. Owned by whoever got it from an operation; its memory goes back to the context when disposed.</summary>
public sealed class Ciphertext : ICkksCiphertext
{
    private ResidueBuffer? _rows;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="rows">size * (level + 1) rows, polynomial by polynomial, owned from now on.</param>
    /// <param name="size">Polynomials.</param>
    /// <param name="level">Its level.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="seed">What the second polynomial was expanded from, where symmetric encryption made it.</param>
    internal Ciphertext(CkksContext context, ResidueBuffer rows, int size, int level, double scale, UniformSeed? seed = null)
    {
        Context = context;
        _rows = rows;
        Size = size;
        Level = level;
        Scale = scale;
        Seed = seed;
    }

    public int Size { get; private set; }

    public int Level { get; private set; }

    public double Scale { get; private set; }

    public CkksContext Context { get; }

    /// <summary>Lets a fresh ciphertext be sent at half its size; gone with the first <see cref="Reshape"/>.</summary>
    internal UniformSeed? Seed { get; private set; }

    /// <summary>Rows in use; the buffer may have more.</summary>
    internal int RowCount => Size * (Level + 1);

    internal ResidueBuffer Rows => _rows ?? throw new ObjectDisposedException(nameof(Ciphertext));

    internal Span<double> Row(int polynomial, int prime) => Rows[polynomial * (Level + 1) + prime];

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows) Context.Pool.Return(rows);
    }

    /// <summary>Makes this the place of a result: the memory is kept where it is large enough.</summary>
    internal void Reshape(int size, int level, double scale)
    {
        var rows = size * (level + 1);
        if (Rows.Rows < rows)
        {
            Context.Pool.Return(Rows);
            _rows = Context.Pool.Rent(rows);
        }
        (Size, Level, Scale, Seed) = (size, level, scale, null);
    }
}
