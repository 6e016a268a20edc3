using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Switches a ciphertext part under some secret t to the secret s: one encryption of (P mod q_j) t per digit j, over all primes.</summary>
/// <remarks>
/// For digit j, first_j + second_j s = -e_j + [on prime j] P t; P is the special prime. Row j * k + i of each half is prime i of digit j, k primes in all.
/// </remarks>
internal sealed class KeySwitchKey : IDisposable
{
    private readonly CkksContext _context;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="first">digits * k rows, owned from now on.</param>
    /// <param name="second">As many.</param>
    /// <param name="seeds">Per digit what <paramref name="second"/> was expanded from, where that is known; else empty.</param>
    public KeySwitchKey(CkksContext context, ResidueBuffer first, ResidueBuffer second, IReadOnlyList<UniformSeed> seeds)
    {
        _context = context;
        (First, Second, Seeds) = (first, second, seeds);
    }

    public ResidueBuffer First { get; }

    public ResidueBuffer Second { get; }

    public IReadOnlyList<UniformSeed> Seeds { get; }

    /// <summary>Rows of one prime in all digits up to a level.</summary>
    public (RowSet First, RowSet Second) Rows(int prime, int level)
    {
        var primes = _context.Rings.Length;
        return (new RowSet(First, prime, primes, level + 1), new RowSet(Second, prime, primes, level + 1));
    }

    public void Dispose()
    {
        _context.Pool.Return(First);
        _context.Pool.Return(Second);
    }
}
