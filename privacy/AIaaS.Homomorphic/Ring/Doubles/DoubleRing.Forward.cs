using System.Numerics;
using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Cooley–Tukey, decimation in time: long distances four values at a time, the last ones inside pairs of vectors.</summary>
/// <remarks>
/// Four, because their roots then stay in the sixteen registers that AVX2 has, and four lines a power of two apart in one set of the cache.
/// Each level adds at most 0.625 p; where that could pass 2^52, a pass first reduces the values that it only adds to.
/// </remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    /// <summary>Largest integer that a lifted coefficient may be.</summary>
    private const double LargestInput = 562949953421312.0;

    /// <summary>Values of a block that fits the first-level cache.</summary>
    private const int CachedBlock = 2048;

    private readonly DoubleTables<TVector, TLanes> _tables;
    private readonly Pass[] _forward;

    private readonly record struct Pass(int Levels, bool Reduce);

    public override void Forward(ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var from = ref First(source);
        ref var to = ref First(destination);
        if (_forward[0].Levels == 1) Forward2(ref from, ref to, (nuint)Degree / 2, _forward[0].Reduce);
        else Forward4(ref from, ref to, 1, 0, 1, (nuint)Degree / 4, _forward[0].Reduce);
        var blocks = 1 << _forward[0].Levels;
        for (var block = 0; block < blocks; block++) FinishForward(ref to, 1, blocks, block);
    }

    // Depth first: once a block fits the first-level cache, everything is done to it before the next one is touched.
    private void FinishForward(ref double to, int pass, int blocks, int block)
    {
        var size = (nuint)Degree / (nuint)blocks;
        if (size > CachedBlock)
        {
            ref var part = ref Unsafe.Add(ref to, (nuint)block * size);
            Forward4(ref part, ref part, blocks, block, 1, size / 4, _forward[pass].Reduce);
            for (var child = 0; child < 4; child++) FinishForward(ref to, pass + 1, 4 * blocks, 4 * block + child);
            return;
        }
        ref var start = ref Unsafe.Add(ref to, (nuint)block * size);
        var count = 1;
        var distance = size / 4;
        for (; pass < _forward.Length - 1; pass++)
        {
            Forward4(ref start, ref start, blocks, block, count, distance, _forward[pass].Reduce);
            (blocks, block, count, distance) = (4 * blocks, 4 * block, 4 * count, distance / 4);
        }
        ForwardTail(ref start, ref start, (nuint)block, size, _forward[^1].Reduce);
    }

    // A pass of one level comes first where the number of levels is odd; the last entry stands for the levels inside pairs of vectors.
    private Pass[] ForwardPlan()
    {
        var tail = DoubleTables<TVector, TLanes>.Steps + 1;
        var upper = BitOperations.Log2((uint)Degree) - tail;
        var levels = new List<int>();
        if (upper % 2 != 0) levels.Add(1);
        for (var i = 0; i < upper / 2; i++) levels.Add(2);
        levels.Add(tail);

        var bound = Math.Max(LargestInput, _p / 2);
        var plan = new Pass[levels.Count];
        for (var i = 0; i < plan.Length; i++)
        {
            var reduce = bound + levels[i] * 0.625 * _p > Limit;
            plan[i] = new Pass(levels[i], reduce);
            bound = (reduce ? 0.51 * _p : bound) + levels[i] * 0.625 * _p;
        }
        return plan;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref TVector upper, ref TVector lower, TVector w, TVector wOverP, TVector p)
    {
        var product = MultiplyFixed(lower, w, wOverP, p);
        lower = TLanes.Subtract(upper, product);
        upper = TLanes.Add(upper, product);
    }

    /// <summary>Two butterflies, step by step beside each other: what waits for operands is in fewer places of the scheduler, and more of it fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterflies(
        ref TVector upper0, ref TVector lower0, TVector w0, TVector w0OverP, ref TVector upper1, ref TVector lower1, TVector w1, TVector w1OverP, TVector p)
    {
        MultiplyTwoFixed(ref lower0, w0, w0OverP, ref lower1, w1, w1OverP, p);
        var (product0, product1) = (lower0, lower1);
        lower0 = TLanes.Subtract(upper0, product0);
        lower1 = TLanes.Subtract(upper1, product1);
        upper0 = TLanes.Add(upper0, product0);
        upper1 = TLanes.Add(upper1, product1);
    }

    /// <summary>Two levels of <paramref name="count"/> neighbouring blocks of 4 <paramref name="distance"/> values; the roots of a block stay in registers.</summary>
    [MethodImpl(Kernels.Loop)]
    private void Forward4(ref double from, ref double to, int blocks, int block, int count, nuint distance, bool reduce)
    {
        ref var roots = ref First(_tables.Forward[0]);
        ref var one = ref Unsafe.Add(ref roots, 2 * (nuint)(blocks + block));
        ref var two = ref Unsafe.Add(ref roots, 4 * (nuint)(blocks + block));
        var p = TLanes.Broadcast(_p);
        for (; count > 0; count--)
        {
            var w1 = TLanes.Broadcast(one);
            var w1OverP = TLanes.Broadcast(Unsafe.Add(ref one, 1));
            var w2 = TLanes.Broadcast(two);
            var w2OverP = TLanes.Broadcast(Unsafe.Add(ref two, 1));
            var w3 = TLanes.Broadcast(Unsafe.Add(ref two, 2));
            var w3OverP = TLanes.Broadcast(Unsafe.Add(ref two, 3));
            for (nuint i = 0; i < distance; i += Width)
            {
                var x0 = TLanes.Load(ref from, i);
                var x1 = TLanes.Load(ref from, i + distance);
                var x2 = TLanes.Load(ref from, i + 2 * distance);
                var x3 = TLanes.Load(ref from, i + 3 * distance);
                if (reduce)
                {
                    x0 = Reduce(x0, p, TLanes.Broadcast(_inverse));
                    x1 = Reduce(x1, p, TLanes.Broadcast(_inverse));
                }
                Butterflies(ref x0, ref x2, w1, w1OverP, ref x1, ref x3, w1, w1OverP, p);
                Butterflies(ref x0, ref x1, w2, w2OverP, ref x2, ref x3, w3, w3OverP, p);
                TLanes.Store(x0, ref to, i);
                TLanes.Store(x1, ref to, i + distance);
                TLanes.Store(x2, ref to, i + 2 * distance);
                TLanes.Store(x3, ref to, i + 3 * distance);
            }
            one = ref Unsafe.Add(ref one, 2);
            two = ref Unsafe.Add(ref two, 4);
            from = ref Unsafe.Add(ref from, 4 * distance);
            to = ref Unsafe.Add(ref to, 4 * distance);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private void Forward2(ref double from, ref double to, nuint distance, bool reduce)
    {
        ref var one = ref Unsafe.Add(ref First(_tables.Forward[0]), 2);
        var w = TLanes.Broadcast(one);
        var wOverP = TLanes.Broadcast(Unsafe.Add(ref one, 1));
        var p = TLanes.Broadcast(_p);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref from, i);
            var x1 = TLanes.Load(ref from, i + distance);
            if (reduce) x0 = Reduce(x0, p, TLanes.Broadcast(_inverse));
            Butterfly(ref x0, ref x1, w, wOverP, p);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitButterflies(
        ref TVector upper0,
        ref TVector lower0,
        ref double roots0,
        ref TVector upper1,
        ref TVector lower1,
        ref double roots1,
        int step,
        TVector p)
    {
        TLanes.Split(ref upper0, ref lower0, step);
        TLanes.Split(ref upper1, ref lower1, step);
        var at = (nuint)step * 2 * Width;
        Butterflies(
            ref upper0,
            ref lower0,
            TLanes.Load(ref roots0, at),
            TLanes.Load(ref roots0, at + Width),
            ref upper1,
            ref lower1,
            TLanes.Load(ref roots1, at),
            TLanes.Load(ref roots1, at + Width),
            p);
    }

    [MethodImpl(Kernels.Loop)]
    private void ForwardTail(ref double from, ref double to, nuint pair, nuint size, bool reduce)
    {
        var steps = DoubleTables<TVector, TLanes>.Steps;
        ref var root = ref Unsafe.Add(ref First(_tables.Forward[0]), 2 * ((nuint)Degree / (2 * Width) + pair));
        ref var lanes = ref Unsafe.Add(ref First(_tables.ForwardLanes[0]), pair * (nuint)steps * 2 * Width);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < size; i += 4 * Width)
        {
            var upper0 = TLanes.Load(ref from, i);
            var lower0 = TLanes.Load(ref from, i + Width);
            var upper1 = TLanes.Load(ref from, i + 2 * Width);
            var lower1 = TLanes.Load(ref from, i + 3 * Width);
            if (reduce)
            {
                upper0 = Reduce(upper0, p, inverse);
                upper1 = Reduce(upper1, p, inverse);
            }
            Butterflies(
                ref upper0,
                ref lower0,
                TLanes.Broadcast(root),
                TLanes.Broadcast(Unsafe.Add(ref root, 1)),
                ref upper1,
                ref lower1,
                TLanes.Broadcast(Unsafe.Add(ref root, 2)),
                TLanes.Broadcast(Unsafe.Add(ref root, 3)),
                p);
            ref var next = ref Unsafe.Add(ref lanes, (nuint)steps * 2 * Width);
            if (TLanes.Count > 1) SplitButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 0, p);
            if (TLanes.Count > 2) SplitButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 1, p);
            if (TLanes.Count > 4) SplitButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 2, p);
            upper0 = Reduce(upper0, p, inverse);
            lower0 = Reduce(lower0, p, inverse);
            upper1 = Reduce(upper1, p, inverse);
            lower1 = Reduce(lower1, p, inverse);
            TLanes.Merge(ref upper0, ref lower0);
            TLanes.Merge(ref upper1, ref lower1);
            TLanes.Store(upper0, ref to, i);
            TLanes.Store(lower0, ref to, i + Width);
            TLanes.Store(upper1, ref to, i + 2 * Width);
            TLanes.Store(lower1, ref to, i + 3 * Width);
            root = ref Unsafe.Add(ref root, 4);
            lanes = ref Unsafe.Add(ref next, (nuint)steps * 2 * Width);
        }
    }
}
