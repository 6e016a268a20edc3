using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>low + 2^30 middle + 2^60 high: sums of the partial products of residues cut at bit 30, a lane each.</summary>
internal struct PartialSums
{
    /// <summary>Terms before <see cref="Reduce"/>, beside one residue: two products below 2^60 each go into the middle.</summary>
    public const int Limit = 7;

    private const int Cut = 30;

    private Vector256<ulong> _low;
    private Vector256<ulong> _middle;
    private Vector256<ulong> _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PartialSums Of(Vector256<ulong> residues) => new() { _low = residues };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ulong> Low, Vector256<uint> High) Split(Vector256<ulong> residues) =>
        (residues & Vector256.Create((1UL << Cut) - 1), (residues >>> Cut).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<ulong> leftLow, Vector256<uint> leftHigh, Vector256<ulong> right)
    {
        var (low, high) = Split(right);
        _low += FoldedLanes.Times(leftLow, low.AsUInt32());
        _middle += FoldedLanes.Times(leftLow, high) + FoldedLanes.Times(low, leftHigh);
        _high += FoldedLanes.Times(high.AsUInt64(), leftHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector256<ulong> Reduce(FoldedLanes lanes) => lanes.Reduce(_low, _middle, _high);
}
