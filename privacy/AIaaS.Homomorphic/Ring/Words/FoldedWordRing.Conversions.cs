using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Integers as what <see cref="Forward"/> reads: any nonnegative words that mean the same modulo p.</summary>
internal sealed unsafe partial class FoldedWordRing
{
    /// <summary>An integer below 2^51 added to it stands in its low bits, in two's complement.</summary>
    private const double Unit = 6755399441055744.0;

    private const double UnitLimit = 2251799813685248.0;

    [MethodImpl(Kernels.Loop)]
    public override bool Lift(PrimeRing from, ReadOnlySpan<double> source, Span<double> destination)
    {
        var multiple = _lanes.Multiple;
        fixed (double* a = source, c = destination)
            if (from is WordRing)
            {
                var half = Vector256.Create((long)(from.Modulus / 2));
                var whole = Vector256.Create(from.Modulus);
                for (var i = 0; i < Degree; i += FoldedLanes.Count)
                {
                    var value = Load(a, i);
                    Store(value + multiple - (whole & Vector256.GreaterThan(value.AsInt64(), half).AsUInt64()), c, i);
                }
            }
            else
            {
                for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(Integers(Vector256.Load(a + i)) + multiple, c, i);
            }
        return true;
    }

    public override void FromIntegers(ReadOnlySpan<long> source, Span<double> destination)
    {
        var multiple = _lanes.Multiple;
        fixed (long* a = source)
        fixed (double* c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(Vector256.Load(a + i).AsUInt64() + multiple, c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void FromRounded(ReadOnlySpan<double> source, Span<double> destination)
    {
        var lanes = _lanes;
        var limit = Vector256.Create(UnitLimit);
        fixed (double* a = source, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count)
            {
                var values = Vector256.Load(a + i);
                if (Vector256.LessThanAll(Vector256.Abs(values), limit)) Store(lanes.Reduce(Integers(values) + lanes.Multiple), c, i);
                else FromLarge(source.Slice(i, FoldedLanes.Count), destination.Slice(i, FoldedLanes.Count));
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Integers(Vector256<double> values)
    {
        var unit = Vector256.Create(Unit);
        return (values + unit).AsUInt64() - unit.AsUInt64();
    }
}
