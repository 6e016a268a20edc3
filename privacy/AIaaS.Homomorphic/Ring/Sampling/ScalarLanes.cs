using System.Numerics;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>One lane: works everywhere, and is the reference for the vectors.</summary>
internal readonly struct ScalarLanes : IWordLanes<ulong>
{
    public static int Count => 1;

    public static ulong Broadcast(ulong value) => value;

    public static ulong Consecutive(ulong first) => first;

    public static ulong Add(ulong left, ulong right) => left + right;

    public static ulong Xor(ulong left, ulong right) => left ^ right;

    public static ulong RotateRight32(ulong value) => BitOperations.RotateRight(value, 32);

    public static ulong RotateRight24(ulong value) => BitOperations.RotateRight(value, 24);

    public static ulong RotateRight16(ulong value) => BitOperations.RotateRight(value, 16);

    public static ulong RotateRight63(ulong value) => BitOperations.RotateRight(value, 63);
}
