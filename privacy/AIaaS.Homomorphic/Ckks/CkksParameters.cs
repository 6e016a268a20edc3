using System.Collections.Immutable;
using System.Numerics;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Degree and primes of a CKKS scheme: what client and server must agree on.</summary>
/// <remarks>The last prime is the special one, used in key switching only; ciphertexts never carry it. A single prime allows no key switching.</remarks>
public sealed class CkksParameters : IEquatable<CkksParameters>
{
    /// <summary>More primes than any supported degree has bits for.</summary>
    public const int MaxPrimes = 60;

    private CkksParameters(int degree, ImmutableArray<ulong> primes, SecurityTable security)
    {
        Degree = degree;
        Primes = primes;
        Security = security;
        TotalBits = SecurityLimits.TotalBits(primes);
    }

    /// <summary>N: polynomials have N coefficients, ciphertexts N/2 slots.</summary>
    public int Degree { get; }

    public int SlotCount => Degree / 2;

    /// <summary>All primes, special last.</summary>
    public ImmutableArray<ulong> Primes { get; }

    public SecurityTable Security { get; }

    /// <summary>Bits of the product of all primes.</summary>
    public int TotalBits { get; }

    /// <summary>Primes a fresh ciphertext carries.</summary>
    public int DataPrimeCount => Math.Max(1, Primes.Length - 1);

    /// <summary>The level of a fresh ciphertext; level l has l + 1 primes.</summary>
    public int MaxLevel => DataPrimeCount - 1;

    public bool AllowsKeySwitching => Primes.Length > 1;

    /// <returns>log2 of the product of the primes of a level, the special one not included.</returns>
    /// <exception cref="HomomorphicException">There is no such level.</exception>
    public double ModulusBits(int level)
    {
        OperandChecks.Level(this, level);
        var bits = 0.0;
        for (var i = 0; i <= level; i++) bits += Math.Log2(Primes[i]);
        return bits;
    }

    /// <summary>SEAL's <c>CoeffModulus::Create</c> rule: equal arguments give equal primes on both sides.</summary>
    /// <exception cref="HomomorphicException">The parameters are unsupported or not 128-bit secure by the table.</exception>
    public static CkksParameters Create(int degree, IReadOnlyList<int> primeBits, SecurityTable security = SecurityTable.Guideline2024)
    {
        ArgumentNullException.ThrowIfNull(primeBits);
        _ = SecurityLimits.MaxTotalBits(degree, security);
        if (primeBits.Count is 0 or > MaxPrimes) throw WrongCount(primeBits.Count);
        return FromPrimes(degree, Ring.Primes.Generate(degree, primeBits), security);
    }

    /// <summary>From the primes themselves, as they stand in a file.</summary>
    /// <exception cref="HomomorphicException">The parameters are unsupported or not 128-bit secure by the table.</exception>
    public static CkksParameters FromPrimes(int degree, IReadOnlyList<ulong> primes, SecurityTable security = SecurityTable.Guideline2024)
    {
        ArgumentNullException.ThrowIfNull(primes);
        var limit = SecurityLimits.MaxTotalBits(degree, security);
        if (primes.Count is 0 or > MaxPrimes) throw WrongCount(primes.Count);
        if (primes.Distinct().Count() != primes.Count) throw new HomomorphicException("The primes must be distinct.");
        foreach (var prime in primes) Check(prime, degree);

        var bits = SecurityLimits.TotalBits(primes);
        if (bits > limit)
            throw new HomomorphicException(
                $"{bits} bits of primes at degree {degree} are not 128-bit secure: the {security} table allows {limit}. Take fewer or smaller primes, or a larger degree.");
        return new CkksParameters(degree, [.. primes], security);
    }

    /// <summary>Without the security table: for test vectors, which are small because they are insecure.</summary>
    internal static CkksParameters Insecure(int degree, IReadOnlyList<ulong> primes) => new(degree, [.. primes], SecurityTable.Standard2018);

    public bool Equals(CkksParameters? other) => other is not null && Degree == other.Degree && Primes.AsSpan().SequenceEqual(other.Primes.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as CkksParameters);

    public override int GetHashCode() => HashCode.Combine(Degree, Primes[0], Primes.Length);

    public override string ToString() =>
        $"N={Degree} {{{string.Join(',', Primes.Select(prime => 64 - BitOperations.LeadingZeroCount(prime)))}}}";

    private static void Check(ulong prime, int degree)
    {
        var bits = 64 - BitOperations.LeadingZeroCount(prime);
        if (bits is < Ring.Primes.MinBits or > Ring.Primes.MaxBits)
            throw new HomomorphicException($"The prime {prime} has {bits} bits; {Ring.Primes.MinBits} to {Ring.Primes.MaxBits} are supported.");
        if (prime % (2UL * (ulong)degree) != 1) throw new HomomorphicException($"{prime} is not 1 modulo 2N = {2 * degree}.");
        if (!Ring.Primes.IsPrime(prime)) throw new HomomorphicException($"{prime} is not prime.");
    }

    private static HomomorphicException WrongCount(int count) => new($"{count} primes were given; 1 to {MaxPrimes} are supported.");
}
