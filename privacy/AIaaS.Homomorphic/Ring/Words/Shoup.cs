using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Products with a fixed factor, by Shoup's precomputed quotient (V. Shoup, NTL; D. Harvey, "Faster arithmetic for number-theoretic transforms", 2014).</summary>
/// <param name="Factor">w, canonical.</param>
/// <param name="Quotient">floor(w 2^64 / p).</param>
internal readonly record struct Shoup(ulong Factor, ulong Quotient)
{
    public static Shoup Of(ulong factor, ulong modulus) => new(factor, (ulong)(((UInt128)factor << 64) / modulus));

    /// <returns>value * w mod p, or that plus p; any 64-bit value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MultiplyLazily(ulong value, ulong modulus) => value * Factor - High(value, Quotient) * modulus;

    // The high half alone stays in a register; BigMul writes the low half to memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong left, ulong right) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(left, right) : Math.BigMul(left, right, out _);

    public ulong Multiply(ulong value, ulong modulus)
    {
        var product = MultiplyLazily(value, modulus);
        return product >= modulus ? product - modulus : product;
    }
}
