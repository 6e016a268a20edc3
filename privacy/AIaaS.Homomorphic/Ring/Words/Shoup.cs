namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Products with a fixed factor, by Shoup's precomputed quotient (V. Shoup, NTL; D. Harvey, "Faster arithmetic for number-theoretic transforms", 2014).</summary>
/// <param name="Factor">w, canonical.</param>
/// <param name="Quotient">floor(w 2^64 / p).</param>
internal readonly record struct Shoup(ulong Factor, ulong Quotient)
{
    public static Shoup Of(ulong factor, ulong modulus) => new(factor, (ulong)(((UInt128)factor << 64) / modulus));

    /// <returns>value * w mod p, or that plus p; any 64-bit value.</returns>
    public ulong MultiplyLazily(ulong value, ulong modulus) => value * Factor - Math.BigMul(value, Quotient, out _) * modulus;

    public ulong Multiply(ulong value, ulong modulus)
    {
        var product = MultiplyLazily(value, modulus);
        return product >= modulus ? product - modulus : product;
    }
}
