using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Two levels a pass, any 64-bit words in; a pass over blocks that no longer fit the first-level cache goes over the row, the rest block by block.</summary>
internal sealed unsafe partial class FoldedWordRing
{
    /// <summary>Values whose remaining levels are done together.</summary>
    private const int CachedValues = 2048;

    [MethodImpl(Kernels.Loop)]
    public override void Forward(ReadOnlySpan<double> source, Span<double> destination)
    {
        fixed (double* from = source, to = destination)
        fixed (uint* factors = _forward.Factors)
        fixed (ulong* nearest = _forward.Nearest)
        {
            var a = (ulong*)to;
            var blocks = 1;
            var size = Degree;
            if ((int.Log2(Degree) & 1) == 1)
            {
                ForwardTop((ulong*)from, a, factors);
                (blocks, size) = (2, size / 2);
            }
            else
            {
                ForwardPass((ulong*)from, a, size / 4, factors, 1, 1);
                (blocks, size) = (4, size / 4);
            }
            for (; size > CachedValues; blocks *= 4, size /= 4) ForwardPass(a, a, size / 4, factors, blocks, blocks);
            for (var block = 0; block < blocks; block++)
            {
                var x = a + block * size;
                var (inside, rest) = (1, size);
                for (; rest > 4; inside *= 4, rest /= 4) ForwardPass(x, x, rest / 4, factors, (blocks + block) * inside, inside);
                ForwardNearest(x, nearest + block * inside / 4 * FoldedTables.NearestStep, inside / 4);
            }
        }
    }

    /// <summary>The one level that is over when their number is odd.</summary>
    [MethodImpl(Kernels.Loop)]
    private void ForwardTop(ulong* from, ulong* to, uint* factors)
    {
        var lanes = _lanes;
        var root = FoldedFactor.Broadcast(factors + FoldedFactor.Parts);
        var half = Degree / 2;
        for (var i = 0; i < half; i += FoldedLanes.Count)
        {
            var upper = lanes.Fold(Vector256.Load(from + i));
            var lower = lanes.Multiply(Vector256.Load(from + i + half), root);
            (upper + lower).Store(to + i);
            (upper + lanes.Multiple - lower).Store(to + i + half);
        }
    }

    /// <summary>Two levels of <paramref name="count"/> neighbouring blocks of 4 <paramref name="quarter"/> values.</summary>
    [MethodImpl(Kernels.Loop)]
    private void ForwardPass(ulong* from, ulong* to, int quarter, uint* factors, int first, int count)
    {
        var lanes = _lanes;
        for (var block = first; block < first + count; block++, from += 4 * quarter, to += 4 * quarter)
        {
            var one = FoldedFactor.Broadcast(factors + block * FoldedFactor.Parts);
            var left = FoldedFactor.Broadcast(factors + 2 * block * FoldedFactor.Parts);
            var right = FoldedFactor.Broadcast(factors + (2 * block + 1) * FoldedFactor.Parts);
            for (var i = 0; i < quarter; i += FoldedLanes.Count)
            {
                var x0 = Vector256.Load(from + i);
                var x1 = Vector256.Load(from + i + quarter);
                var x2 = Vector256.Load(from + i + 2 * quarter);
                var x3 = Vector256.Load(from + i + 3 * quarter);
                ForwardFour(lanes, ref x0, ref x1, ref x2, ref x3, one, left, right);
                x0.Store(to + i);
                x1.Store(to + i + quarter);
                x2.Store(to + i + 2 * quarter);
                x3.Store(to + i + 3 * quarter);
            }
        }
    }

    /// <summary>The last two levels, in blocks of four values, and reduction to [0, p).</summary>
    [MethodImpl(Kernels.Loop)]
    private void ForwardNearest(ulong* a, ulong* factors, int count)
    {
        var lanes = _lanes;
        for (; count > 0; count--, a += 16, factors += FoldedTables.NearestStep)
        {
            var x0 = Vector256.Load(a);
            var x1 = Vector256.Load(a + 4);
            var x2 = Vector256.Load(a + 8);
            var x3 = Vector256.Load(a + 12);
            FoldedBlocks.Transpose(ref x0, ref x1, ref x2, ref x3);
            ForwardFour(lanes, ref x0, ref x1, ref x2, ref x3, FoldedFactor.Load(factors), FoldedFactor.Load(factors + 8), FoldedFactor.Load(factors + 16));
            x0 = lanes.Reduce(x0);
            x1 = lanes.Reduce(x1);
            x2 = lanes.Reduce(x2);
            x3 = lanes.Reduce(x3);
            FoldedBlocks.Transpose(ref x0, ref x1, ref x2, ref x3);
            x0.Store(a);
            x1.Store(a + 4);
            x2.Store(a + 8);
            x3.Store(a + 12);
        }
    }

    // In units of 2^62: 0.25 after folding, then at most 2, then 3.75 + 2^-32; a product is below 1.57.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardFour(
        FoldedLanes lanes,
        ref Vector256<ulong> x0,
        ref Vector256<ulong> x1,
        ref Vector256<ulong> x2,
        ref Vector256<ulong> x3,
        FoldedFactor one,
        FoldedFactor left,
        FoldedFactor right)
    {
        var upper = lanes.Fold(x0);
        var lower = lanes.Multiply(x2, one);
        var first = upper + lower;
        var third = upper + lanes.Multiple - lower;
        upper = lanes.Fold(x1);
        lower = lanes.Multiply(x3, one);
        var second = lanes.Multiply(upper + lower, left);
        var fourth = lanes.Multiply(upper + lanes.Multiple - lower, right);
        x0 = first + second;
        x1 = first + lanes.Multiple - second;
        x2 = third + fourth;
        x3 = third + lanes.Multiple - fourth;
    }
}
