using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>The same levels backwards; words between passes are below 0.57 * 2^62.</summary>
internal sealed unsafe partial class FoldedWordRing
{
    [MethodImpl(Kernels.Loop)]
    public override void Inverse(ReadOnlySpan<double> source, Span<double> destination)
    {
        fixed (double* from = source, to = destination)
        fixed (uint* factors = _inverse.Factors, last = _lastInverse)
        fixed (ulong* nearest = _inverse.Nearest)
        {
            var a = (ulong*)to;
            var odd = (int.Log2(Degree) & 1) == 1;
            // What the last pass takes: half the row, or a quarter of it.
            var (blocks, size) = odd ? (2, Degree / 2) : (4, Degree / 4);
            for (; size > CachedValues; size /= 4) blocks *= 4;
            for (var block = 0; block < blocks; block++)
            {
                var x = a + block * size;
                var inside = size / 4;
                InverseNearest((ulong*)from + block * size, x, nearest + block * inside / 4 * FoldedTables.NearestStep, inside / 4);
                for (inside /= 4; inside > 0; inside /= 4) InversePass(x, size / inside / 4, factors, (blocks + block) * inside, inside);
            }
            for (; blocks > (odd ? 2 : 4); size *= 4)
            {
                blocks /= 4;
                InversePass(a, size, factors, blocks, blocks);
            }
            if (odd) InverseTop(a, last);
            else InverseLast(a, last);
        }
    }

    /// <summary>The factors of the last pass, with 1/N: of the sums, then of the differences.</summary>
    private uint[] LastInverse(ReadOnlySpan<ulong> powers)
    {
        var result = new uint[4 * FoldedFactor.Parts];
        var inverse = Modular.Inverse((ulong)Degree, Modulus);
        FoldedFactor.Write(inverse, Modulus, result);
        for (var i = 1; i < 4; i++) FoldedFactor.Write(i == 1 ? Modular.Multiply(inverse, powers[1], Modulus) : powers[i], Modulus, result.AsSpan(i * FoldedFactor.Parts));
        return result;
    }

    /// <summary>The first two levels, in blocks of four values in [0, p).</summary>
    [MethodImpl(Kernels.Loop)]
    private void InverseNearest(ulong* from, ulong* to, ulong* factors, int count)
    {
        var lanes = _lanes;
        for (; count > 0; count--, from += 16, to += 16, factors += FoldedTables.NearestStep)
        {
            var x0 = Vector256.Load(from);
            var x1 = Vector256.Load(from + 4);
            var x2 = Vector256.Load(from + 8);
            var x3 = Vector256.Load(from + 12);
            FoldedBlocks.Transpose(ref x0, ref x1, ref x2, ref x3);
            InverseFour(lanes, ref x0, ref x1, ref x2, ref x3, FoldedFactor.Load(factors), FoldedFactor.Load(factors + 8), FoldedFactor.Load(factors + 16));
            FoldedBlocks.Transpose(ref x0, ref x1, ref x2, ref x3);
            x0.Store(to);
            x1.Store(to + 4);
            x2.Store(to + 8);
            x3.Store(to + 12);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private void InversePass(ulong* a, int quarter, uint* factors, int first, int count)
    {
        var lanes = _lanes;
        for (var block = first; block < first + count; block++, a += 4 * quarter)
        {
            var one = FoldedFactor.Broadcast(factors + block * FoldedFactor.Parts);
            var left = FoldedFactor.Broadcast(factors + 2 * block * FoldedFactor.Parts);
            var right = FoldedFactor.Broadcast(factors + (2 * block + 1) * FoldedFactor.Parts);
            for (var i = 0; i < quarter; i += FoldedLanes.Count)
            {
                var x0 = Vector256.Load(a + i);
                var x1 = Vector256.Load(a + i + quarter);
                var x2 = Vector256.Load(a + i + 2 * quarter);
                var x3 = Vector256.Load(a + i + 3 * quarter);
                InverseFour(lanes, ref x0, ref x1, ref x2, ref x3, one, left, right);
                x0.Store(a + i);
                x1.Store(a + i + quarter);
                x2.Store(a + i + 2 * quarter);
                x3.Store(a + i + 3 * quarter);
            }
        }
    }

    /// <summary>The last two levels, 1/N and reduction to [0, p).</summary>
    [MethodImpl(Kernels.Loop)]
    private void InverseLast(ulong* a, uint* factors)
    {
        var lanes = _lanes;
        var sums = FoldedFactor.Broadcast(factors);
        var differences = FoldedFactor.Broadcast(factors + FoldedFactor.Parts);
        var left = FoldedFactor.Broadcast(factors + 2 * FoldedFactor.Parts);
        var right = FoldedFactor.Broadcast(factors + 3 * FoldedFactor.Parts);
        var quarter = Degree / 4;
        for (var i = 0; i < quarter; i += FoldedLanes.Count)
        {
            var x0 = Vector256.Load(a + i);
            var x1 = Vector256.Load(a + i + quarter);
            var x2 = Vector256.Load(a + i + 2 * quarter);
            var x3 = Vector256.Load(a + i + 3 * quarter);
            InverseHalf(lanes, ref x0, ref x1, ref x2, ref x3, left, right);
            lanes.Reduce(lanes.Multiply(x0 + x2, sums)).Store(a + i);
            lanes.Reduce(lanes.Multiply(x1 + x3, sums)).Store(a + i + quarter);
            lanes.Reduce(lanes.Multiply(x0 + lanes.Multiple - x2, differences)).Store(a + i + 2 * quarter);
            lanes.Reduce(lanes.Multiply(x1 + lanes.Multiple - x3, differences)).Store(a + i + 3 * quarter);
        }
    }

    /// <summary>The last level where their number is odd, 1/N and reduction to [0, p).</summary>
    [MethodImpl(Kernels.Loop)]
    private void InverseTop(ulong* a, uint* factors)
    {
        var lanes = _lanes;
        var sums = FoldedFactor.Broadcast(factors);
        var differences = FoldedFactor.Broadcast(factors + FoldedFactor.Parts);
        var half = Degree / 2;
        for (var i = 0; i < half; i += FoldedLanes.Count)
        {
            var upper = Vector256.Load(a + i);
            var lower = Vector256.Load(a + i + half);
            lanes.Reduce(lanes.Multiply(upper + lower, sums)).Store(a + i);
            lanes.Reduce(lanes.Multiply(upper + lanes.Multiple - lower, differences)).Store(a + i + half);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseFour(
        FoldedLanes lanes,
        ref Vector256<ulong> x0,
        ref Vector256<ulong> x1,
        ref Vector256<ulong> x2,
        ref Vector256<ulong> x3,
        FoldedFactor one,
        FoldedFactor left,
        FoldedFactor right)
    {
        InverseHalf(lanes, ref x0, ref x1, ref x2, ref x3, left, right);
        var third = lanes.MultiplyClosely(x0 + lanes.Multiple - x2, one);
        var fourth = lanes.MultiplyClosely(x1 + lanes.Multiple - x3, one);
        x0 = lanes.Fold(x0 + x2);
        x1 = lanes.Fold(x1 + x3);
        x2 = third;
        x3 = fourth;
    }

    // In units of 2^62: 0.57 comes in; sums are below 1.14, differences 2.32, products with them 1.57; those of two 3.14, their differences 3.32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseHalf(
        FoldedLanes lanes, ref Vector256<ulong> x0, ref Vector256<ulong> x1, ref Vector256<ulong> x2, ref Vector256<ulong> x3, FoldedFactor left, FoldedFactor right)
    {
        var second = lanes.Multiply(x0 + lanes.Multiple - x1, left);
        var fourth = lanes.Multiply(x2 + lanes.Multiple - x3, right);
        x0 += x1;
        x2 += x3;
        x1 = second;
        x3 = fourth;
    }
}
