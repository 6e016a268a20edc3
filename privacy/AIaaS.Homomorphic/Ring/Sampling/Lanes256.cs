using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>Four lanes. Rotations by whole bytes are one shuffle each, which AVX2 has and a 64-bit rotation it has not.</summary>
internal readonly struct Lanes256 : IWordLanes<Vector256<ulong>>
{
    public static int Count => 4;

    public static Vector256<ulong> Broadcast(ulong value) => Vector256.Create(value);

    public static Vector256<ulong> Consecutive(ulong first) => Vector256.Create(first, first + 1, first + 2, first + 3);

    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => left + right;

    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight32(Vector256<ulong> value) =>
        Avx2.Shuffle(value.AsUInt32(), 0b10_11_00_01).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight24(Vector256<ulong> value) =>
        Avx2.Shuffle(value.AsByte(), Vector256.Create(0x0201000706050403UL, 0x0A09080F0E0D0C0B, 0x0201000706050403, 0x0A09080F0E0D0C0B).AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight16(Vector256<ulong> value) =>
        Avx2.Shuffle(value.AsByte(), Vector256.Create(0x0100070605040302UL, 0x09080F0E0D0C0B0A, 0x0100070605040302, 0x09080F0E0D0C0B0A).AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight63(Vector256<ulong> value) => (value + value) ^ (value >>> 63);
}
