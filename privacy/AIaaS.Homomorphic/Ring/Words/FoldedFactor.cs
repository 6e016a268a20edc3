using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Four fixed factors w, each with w 2^32 mod p, cut at bit <see cref="Cut"/> so that one 32-bit multiplication takes a part.</summary>
/// <remarks>Only the low 32 bits of a lane are ever multiplied; the upper ones may hold anything.</remarks>
/// <param name="Low">Of w.</param>
/// <param name="High">Of w.</param>
/// <param name="ShiftedLow">Of w 2^32 mod p.</param>
/// <param name="ShiftedHigh">Of w 2^32 mod p.</param>
internal readonly record struct FoldedFactor(Vector256<uint> Low, Vector256<uint> High, Vector256<uint> ShiftedLow, Vector256<uint> ShiftedHigh)
{
    /// <summary>Parts below 2^29 and 2^31: two products of the low ones sum to less than 2^62, two of the high ones to less than 2^64.</summary>
    public const int Cut = 29;

    /// <summary>Numbers that keep one factor: its parts in the order of the parameters.</summary>
    public const int Parts = 4;

    public static void Write(ulong factor, ulong modulus, Span<uint> parts)
    {
        var shifted = (ulong)(((UInt128)factor << 32) % modulus);
        parts[0] = (uint)factor & ((1u << Cut) - 1);
        parts[1] = (uint)(factor >> Cut);
        parts[2] = (uint)shifted & ((1u << Cut) - 1);
        parts[3] = (uint)(shifted >> Cut);
    }

    public static FoldedFactor Of(ulong factor, ulong modulus)
    {
        Span<uint> parts = stackalloc uint[Parts];
        Write(factor % modulus, modulus, parts);
        return new(Vector256.Create(parts[0]), Vector256.Create(parts[1]), Vector256.Create(parts[2]), Vector256.Create(parts[3]));
    }

    /// <summary>One factor in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FoldedFactor Broadcast(uint* parts) => new(
        Avx2.BroadcastScalarToVector256(parts),
        Avx2.BroadcastScalarToVector256(parts + 1),
        Avx2.BroadcastScalarToVector256(parts + 2),
        Avx2.BroadcastScalarToVector256(parts + 3));

    /// <summary>A factor a lane: four words of w's parts, then four of the shifted one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FoldedFactor Load(ulong* parts)
    {
        var factor = Vector256.Load(parts);
        var shifted = Vector256.Load(parts + 4);
        return new(factor.AsUInt32(), (factor >>> 32).AsUInt32(), shifted.AsUInt32(), (shifted >>> 32).AsUInt32());
    }
}
