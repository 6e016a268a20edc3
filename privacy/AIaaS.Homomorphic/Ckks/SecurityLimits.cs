using System.Numerics;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>The tables behind <see cref="SecurityTable"/>. Nothing beyond the 2018 one is ever accepted.</summary>
public static class SecurityLimits
{
    public const int MinDegree = 1024;

    public const int MaxDegree = 65536;

    /// <returns>The largest bit count of the product of all primes, the special one included; 65,536 stays at the limit of 32,768.</returns>
    /// <exception cref="HomomorphicException">The degree is no power of two from 1,024 to 65,536.</exception>
    public static int MaxTotalBits(int degree, SecurityTable table) => (degree, table) switch
    {
        (1024, SecurityTable.Guideline2024) => 26,
        (2048, SecurityTable.Guideline2024) => 53,
        (4096, SecurityTable.Guideline2024) => 106,
        (8192, SecurityTable.Guideline2024) => 214,
        (16384, SecurityTable.Guideline2024) => 430,
        (32768 or 65536, SecurityTable.Guideline2024) => 868,
        (1024, SecurityTable.Standard2018) => 27,
        (2048, SecurityTable.Standard2018) => 54,
        (4096, SecurityTable.Standard2018) => 109,
        (8192, SecurityTable.Standard2018) => 218,
        (16384, SecurityTable.Standard2018) => 438,
        (32768 or 65536, SecurityTable.Standard2018) => 881,
        _ => throw new HomomorphicException($"The degree {degree} is not supported; take a power of two from {MinDegree} to {MaxDegree}."),
    };

    internal static int TotalBits(IEnumerable<ulong> primes) =>
        (int)primes.Aggregate(BigInteger.One, (product, prime) => product * prime).GetBitLength();
}
