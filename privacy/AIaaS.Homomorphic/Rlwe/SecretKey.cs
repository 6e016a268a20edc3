using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>A ternary secret in NTT form modulo all primes. Zeroed when disposed; never leaves the client.</summary>
public sealed class SecretKey : IDisposable
{
    private ResidueBuffer? _rows;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="rows">A row per prime, special included; owned from now on.</param>
    internal SecretKey(CkksContext context, ResidueBuffer rows)
    {
        Context = context;
        _rows = rows;
    }

    public CkksContext Context { get; }

    internal ResidueBuffer Rows => _rows ?? throw new ObjectDisposedException(nameof(SecretKey));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows) Context.Pool.Return(rows, secret: true);
    }
}
