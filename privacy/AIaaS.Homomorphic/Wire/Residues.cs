using System.Numerics;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Wire;

/// <summary>What a row of words must be before a ring may have it.</summary>
internal static class Residues
{
    /// <param name="words">A multiple of the vector's width: degrees are powers of two.</param>
    /// <param name="modulus">Their prime.</param>
    /// <param name="name">Of the object, for messages; no residue is named, since it may be a secret.</param>
    /// <exception cref="WireFormatException">A word is not below the modulus.</exception>
    public static void RequireCanonical(ReadOnlySpan<ulong> words, ulong modulus, string name)
    {
        var largest = Vector<ulong>.Zero;
        foreach (var vector in MemoryMarshal.Cast<ulong, Vector<ulong>>(words)) largest = Vector.Max(largest, vector);
        if (!Vector.LessThanAll(largest, new Vector<ulong>(modulus)))
            throw new WireFormatException($"The {name} has a residue that is not below its prime {modulus}.");
    }
}
