using System.Numerics;
using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Sums of products, reduced once: the high parts add up exactly beside a bias that fixes their unit, the low parts beside them.</summary>
/// <remarks>
/// For a prime of b bits the bias is 1.5 * 2^(52 + b), so the accumulator's unit is 2^b and each low part at most 2^(b - 1).
/// 2^(53 - b) terms fit: their products sum to at most 2^(51 + b), their low parts to 2^52, and one residue may lie beside them. A term costs four operations.
/// </remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    private readonly int _sumLimit;
    private readonly double _sumBias;

    /// <summary>How far ahead rows are fetched: there are more of them than the processor's own prefetcher follows.</summary>
    private const nuint Ahead = 32;

    private static int Bits(ulong modulus) => 64 - BitOperations.LeadingZeroCount(modulus);

    private static int SumLimit(ulong modulus) => 1 << Math.Min(20, 53 - Bits(modulus));

    private static double SumBias(ulong modulus) => Math.ScaleB(1.5, 52 + Bits(modulus));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(TVector x, TVector y, ref TVector high, ref TVector low)
    {
        var sum = TLanes.MultiplyAdd(x, y, high);
        low = TLanes.Add(low, TLanes.MultiplySubtract(x, y, TLanes.Subtract(sum, high)));
        high = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Total(TVector high, TVector low, TVector bias, TVector p, TVector inverse) =>
        Reduce(TLanes.Add(Reduce(TLanes.Subtract(high, bias), p, inverse), low), p, inverse);

    [MethodImpl(Kernels.Loop)]
    public override void InnerProduct(RowSet left, RowSet right, Span<double> destination)
    {
        ref var a = ref First(left[0]);
        ref var b = ref First(right[0]);
        ref var c = ref First(destination);
        var stepA = (nuint)(left.Step * left.Buffer.Stride);
        var stepB = (nuint)(right.Step * right.Buffer.Stride);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var bias = TLanes.Broadcast(_sumBias);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
        {
            var total = TLanes.Broadcast(0);
            for (var start = 0; start < left.Count; start += _sumLimit)
            {
                var high = bias;
                var low = TLanes.Broadcast(0);
                var end = Math.Min(left.Count, start + _sumLimit);
                for (var j = start; j < end; j++)
                    Accumulate(TLanes.Load(ref a, i + (nuint)j * stepA), TLanes.Load(ref b, i + (nuint)j * stepB), ref high, ref low);
                total = TLanes.Add(total, Total(high, low, bias, p, inverse));
                if (start > 0) total = Reduce(total, p, inverse);
            }
            TLanes.Store(total, ref c, i);
        }
    }

    public override void InnerProducts(
        RowSet left, RowSet right0, RowSet right1, Automorphism? permutation, Span<double> destination0, Span<double> destination1, bool add = false)
    {
        // More than one stretch: only with 9 and more terms modulo primes of 50 bits, or 17 of 49.
        for (var start = 0; start < left.Count; start += _sumLimit)
        {
            var count = Math.Min(_sumLimit, left.Count - start);
            Sum(left.Slice(start, count), right0.Slice(start, count), right1.Slice(start, count), permutation, destination0, destination1, add || start > 0);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private void Sum(RowSet left, RowSet right0, RowSet right1, Automorphism? permutation, Span<double> destination0, Span<double> destination1, bool add)
    {
        ref var a = ref First(left[0]);
        ref var b0 = ref First(right0[0]);
        ref var b1 = ref First(right1[0]);
        ref var c0 = ref First(destination0);
        ref var c1 = ref First(destination1);
        var stepA = sizeof(double) * (nuint)(left.Step * left.Buffer.Stride);
        var stepB = sizeof(double) * (nuint)(right0.Step * right0.Buffer.Stride);
        var count = left.Count;
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var bias = TLanes.Broadcast(_sumBias);
        var moves = permutation?.Moves(TLanes.Count);
        var offset = (nuint)right0.Offset;
        for (nuint i = 0; i < (nuint)destination0.Length; i += 2 * Width)
        {
            var high0 = bias;
            var high1 = bias;
            var high2 = bias;
            var high3 = bias;
            var low0 = TLanes.Broadcast(0);
            var low1 = low0;
            var low2 = low0;
            var low3 = low0;
            if (add)
            {
                low0 = TLanes.Load(ref c0, i);
                low1 = TLanes.Load(ref c1, i);
                low2 = TLanes.Load(ref c0, i + Width);
                low3 = TLanes.Load(ref c1, i + Width);
            }
            var vector = (int)((offset + i) / Width);
            ref var x = ref Unsafe.Add(ref a, moves is null ? i : (nuint)moves.Starts[vector]);
            ref var z = ref Unsafe.Add(ref a, moves is null ? i + Width : (nuint)moves.Starts[vector + 1]);
            ref var order0 = ref moves is null ? ref Unsafe.NullRef<long>() : ref moves.Order(vector);
            ref var order1 = ref moves is null ? ref Unsafe.NullRef<long>() : ref moves.Order(vector + 1);
            ref var y0 = ref Unsafe.Add(ref b0, i);
            ref var y1 = ref Unsafe.Add(ref b1, i);
            for (var j = count; j > 0; j--)
            {
                var value = TLanes.Load(ref x, 0);
                var next = TLanes.Load(ref z, 0);
                if (moves is not null)
                {
                    value = TLanes.Permute(value, ref order0);
                    next = TLanes.Permute(next, ref order1);
                }
                else
                {
                    TLanes.Prefetch(ref x, Ahead);
                }
                TLanes.Prefetch(ref y0, Ahead);
                TLanes.Prefetch(ref y1, Ahead);
                Accumulate(value, TLanes.Load(ref y0, 0), ref high0, ref low0);
                Accumulate(value, TLanes.Load(ref y1, 0), ref high1, ref low1);
                Accumulate(next, TLanes.Load(ref y0, Width), ref high2, ref low2);
                Accumulate(next, TLanes.Load(ref y1, Width), ref high3, ref low3);
                x = ref Unsafe.AddByteOffset(ref x, stepA);
                z = ref Unsafe.AddByteOffset(ref z, stepA);
                y0 = ref Unsafe.AddByteOffset(ref y0, stepB);
                y1 = ref Unsafe.AddByteOffset(ref y1, stepB);
            }
            TLanes.Store(Total(high0, low0, bias, p, inverse), ref c0, i);
            TLanes.Store(Total(high1, low1, bias, p, inverse), ref c1, i);
            TLanes.Store(Total(high2, low2, bias, p, inverse), ref c0, i + Width);
            TLanes.Store(Total(high3, low3, bias, p, inverse), ref c1, i + Width);
        }
    }
}
