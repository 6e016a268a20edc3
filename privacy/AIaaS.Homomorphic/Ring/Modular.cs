using System.Numerics;

namespace AIaaS.Homomorphic.Ring;

/// <summary>Exact arithmetic modulo one odd prime below 2^61, on canonical residues in [0, p). For set-up and tests; rows have kernels.</summary>
internal static class Modular
{
    public static ulong Add(ulong a, ulong b, ulong p) => a >= p - b ? a - (p - b) : a + b;

    public static ulong Subtract(ulong a, ulong b, ulong p) => a >= b ? a - b : a + (p - b);

    public static ulong Negate(ulong a, ulong p) => a == 0 ? 0 : p - a;

    public static ulong Multiply(ulong a, ulong b, ulong p) => (ulong)((UInt128)a * b % p);

    public static ulong Power(ulong value, ulong exponent, ulong p)
    {
        var result = 1UL;
        for (var square = value % p; exponent > 0; exponent >>= 1, square = Multiply(square, square, p))
            if ((exponent & 1) == 1) result = Multiply(result, square, p);
        return result;
    }

    /// <summary>By Fermat: p is prime.</summary>
    public static ulong Inverse(ulong value, ulong p) => Power(value, p - 2, p);

    /// <returns>The canonical residue of a signed integer.</returns>
    public static ulong Reduce(long value, ulong p)
    {
        var magnitude = (value < 0 ? (ulong)-(Int128)value : (ulong)value) % p;
        return value < 0 ? Negate(magnitude, p) : magnitude;
    }

    public static ulong Reduce(BigInteger value, ulong p)
    {
        var residue = (long)(BigInteger.Remainder(value, p));
        return residue < 0 ? (ulong)(residue + (long)p) : (ulong)residue;
    }

    /// <returns>The integer nearest zero with this residue.</returns>
    public static long Centre(ulong value, ulong p) => value > p / 2 ? (long)value - (long)p : (long)value;
}
