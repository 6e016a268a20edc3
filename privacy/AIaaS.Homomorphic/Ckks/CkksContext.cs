using System.Collections.Immutable;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Everything precomputed for one parameter set: rings, tables, pools. Made once, used from any thread.</summary>
public sealed class CkksContext
{
    /// <summary>Bytes of returned buffers that are kept for reuse.</summary>
    private const long PooledBytes = 512L << 20;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Automorphism> _automorphisms = new();

    private readonly ulong[,] _inverses;

    public CkksContext(CkksParameters parameters)
        : this(parameters, PrimeRings.Create)
    {
    }

    internal CkksContext(CkksParameters parameters, Func<ulong, int, PrimeRing> createRing, long pooledBytes = PooledBytes)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        Rings = [.. parameters.Primes.Select(prime => createRing(prime, parameters.Degree))];
        Pool = new ResiduePool(parameters.Degree, pooledBytes);
        _inverses = new ulong[Rings.Length, Rings.Length];
        for (var of = 0; of < Rings.Length; of++)
            for (var modulo = 0; modulo < Rings.Length; modulo++)
                if (of != modulo) _inverses[of, modulo] = Modular.Inverse(Rings[of].Modulus % Rings[modulo].Modulus, Rings[modulo].Modulus);
    }

    public CkksParameters Parameters { get; }

    /// <summary>One per prime, special last.</summary>
    internal ImmutableArray<PrimeRing> Rings { get; }

    internal ResiduePool Pool { get; }

    internal PrimeRing Special => Rings[^1];

    /// <summary>The ring of a row of an extended polynomial: primes 0 to level, then the special one.</summary>
    internal PrimeRing RingAt(int row, int level) => row <= level ? Rings[row] : Special;

    /// <summary>1 / prime <paramref name="of"/> modulo prime <paramref name="modulo"/>.</summary>
    internal ulong InverseOf(int of, int modulo) => _inverses[of, modulo];

    /// <summary>g = 3^steps mod 2N; steps to the right are negative.</summary>
    /// <exception cref="HomomorphicException">|steps| is not below N/2.</exception>
    internal int GaloisElement(int steps)
    {
        OperandChecks.Rotation(Parameters, steps);
        var slots = Parameters.SlotCount;
        return (int)System.Numerics.BigInteger.ModPow(3, (steps + slots) % slots, 2 * Parameters.Degree);
    }

    /// <summary>The element of complex conjugation.</summary>
    internal int ConjugationElement => 2 * Parameters.Degree - 1;

    internal Automorphism AutomorphismOf(int element) =>
        _automorphisms.GetOrAdd(element, static (g, degree) => new Automorphism(degree, g), Parameters.Degree);
}
