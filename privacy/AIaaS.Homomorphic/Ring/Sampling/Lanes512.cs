using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>Eight lanes: a 64-bit rotation is one AVX-512 instruction.</summary>
internal readonly struct Lanes512 : IWordLanes<Vector512<ulong>>
{
    public static int Count => 8;

    public static Vector512<ulong> Broadcast(ulong value) => Vector512.Create(value);

    public static Vector512<ulong> Consecutive(ulong first) => Vector512.Create(first) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);

    public static Vector512<ulong> Add(Vector512<ulong> left, Vector512<ulong> right) => left + right;

    public static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateRight32(Vector512<ulong> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 32) : (value << 32) | (value >>> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateRight24(Vector512<ulong> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 24) : (value << 40) | (value >>> 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateRight16(Vector512<ulong> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 16) : (value << 48) | (value >>> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateRight63(Vector512<ulong> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 63) : (value << 1) | (value >>> 63);
}
