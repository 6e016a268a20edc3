using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>Four lanes. Rotations by whole bytes are one shuffle each, which AVX2 has and a 64-bit rotation it has not.</summary>
internal readonly struct Lanes256 : IWordLanes<Vector256<ulong>>
{
    public static int Count => 4;

    private static Vector256<byte> By24 => Vector256.Create(
        (byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 19, 20, 21, 22, 23, 16, 17, 18, 27, 28, 29, 30, 31, 24, 25, 26);

    private static Vector256<byte> By16 => Vector256.Create(
        (byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 18, 19, 20, 21, 22, 23, 16, 17, 26, 27, 28, 29, 30, 31, 24, 25);

    public static Vector256<ulong> Broadcast(ulong value) => Vector256.Create(value);

    public static Vector256<ulong> Consecutive(ulong first) => Vector256.Create(first, first + 1, first + 2, first + 3);

    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => left + right;

    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight32(Vector256<ulong> value) =>
        Vector256.Shuffle(value.AsUInt32(), Vector256.Create(1u, 0, 3, 2, 5, 4, 7, 6)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight24(Vector256<ulong> value) => Vector256.Shuffle(value.AsByte(), By24).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight16(Vector256<ulong> value) => Vector256.Shuffle(value.AsByte(), By16).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight63(Vector256<ulong> value) => (value + value) ^ (value >>> 63);

    public static void StoreByLane(ReadOnlySpan<Vector256<ulong>> words, Span<ulong> destination)
    {
        for (var lane = 0; lane < 4; lane++)
            for (var word = 0; word < 8; word++) destination[8 * lane + word] = words[word][lane];
    }
}
