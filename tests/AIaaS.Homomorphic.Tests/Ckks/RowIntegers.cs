using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>The integer coefficients behind evaluated rows, exactly.</summary>
internal static class RowIntegers
{
    public static long[] Modulo(PrimeRing ring, ReadOnlySpan<double> row)
    {
        var coefficients = new ResidueBuffer(ring.Degree, 1)[0];
        ring.Inverse(row, coefficients);
        var residues = new ulong[ring.Degree];
        ring.ToCanonical(coefficients, residues);
        return [.. residues.Select(residue => Modular.Centre(residue, ring.Modulus))];
    }

    /// <summary>By the Chinese remainder theorem over primes 0 to level, nearest zero.</summary>
    public static BigInteger[] Compose(CkksContext context, ResidueBuffer rows, int level)
    {
        var primes = context.Parameters.Primes.Take(level + 1).Select(prime => (BigInteger)prime).ToArray();
        var product = primes.Aggregate(BigInteger.Multiply);
        var sums = new BigInteger[context.Parameters.Degree];
        for (var i = 0; i <= level; i++)
        {
            var others = product / primes[i];
            var idempotent = others * BigInteger.ModPow(others, primes[i] - 2, primes[i]);
            var residues = Modulo(context.Rings[i], rows[i]);
            for (var j = 0; j < sums.Length; j++) sums[j] += idempotent * residues[j];
        }
        return [.. sums.Select(sum => Nearest(sum, product))];
    }

    private static BigInteger Nearest(BigInteger value, BigInteger modulus)
    {
        var rest = BigInteger.Remainder(value, modulus);
        if (2 * rest > modulus) return rest - modulus;
        return 2 * rest < -modulus ? rest + modulus : rest;
    }
}
