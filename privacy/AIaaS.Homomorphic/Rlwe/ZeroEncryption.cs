using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>(-(a s + e), a) with a expanded from a fresh public seed: what every key and symmetric ciphertext is made of.</summary>
/// <remarks>V. Lyubashevsky, C. Peikert, O. Regev, "On Ideal Lattices and Learning with Errors over Rings", 2010.</remarks>
internal static class ZeroEncryption
{
    /// <param name="secret">s.</param>
    /// <param name="primes">Over the first so many primes.</param>
    /// <param name="first">Gets -(a s + e), from <paramref name="firstRow"/> on.</param>
    /// <param name="firstRow">Row of the first prime.</param>
    /// <param name="second">Gets a.</param>
    /// <param name="secondRow">Row of the first prime.</param>
    /// <returns>The seed of a.</returns>
    public static UniformSeed Write(SecretKey secret, int primes, ResidueBuffer first, int firstRow, ResidueBuffer second, int secondRow)
    {
        var context = secret.Context;
        var seed = UniformSeed.Fresh();
        UniformSampler.Sample(seed, context.Rings.AsSpan()[..primes], second, secondRow);
        using var error = SmallPolynomial.Error(context);
        for (var i = 0; i < primes; i++)
        {
            var ring = context.Rings[i];
            var row = first[firstRow + i];
            error.Evaluate(ring, row);
            ring.MultiplyAdd(second[secondRow + i], secret.Rows[i], row);
            ring.Negate(row, row);
        }
        return seed;
    }
}
