using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>(-(a s + e), a) in NTT form modulo all primes: lets anyone encrypt.</summary>
public sealed class PublicKey : IDisposable
{
    private ResidueBuffer? _rows;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="rows">2k rows: the first polynomial's, then the second's; owned from now on.</param>
    /// <param name="seed">What the second was expanded from, where that is known.</param>
    internal PublicKey(CkksContext context, ResidueBuffer rows, UniformSeed? seed)
    {
        Context = context;
        _rows = rows;
        Seed = seed;
    }

    public CkksContext Context { get; }

    internal ResidueBuffer Rows => _rows ?? throw new ObjectDisposedException(nameof(PublicKey));

    internal UniformSeed? Seed { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows) Context.Pool.Return(rows);
    }
}
