using System.Numerics;
using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Cooley–Tukey, decimation in time: long distances eight values at a time, the last ones inside pairs of vectors.</summary>
/// <remarks>Each level adds at most 0.625 p; where that could pass 2^52, a pass first reduces the values that it only adds to.</remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    /// <summary>Largest integer that a lifted coefficient may be.</summary>
    private const double LargestInput = 562949953421312.0;

    private readonly DoubleTables<TVector, TLanes> _tables;
    private readonly Pass[] _forward;

    private readonly record struct Pass(int Levels, bool Reduce);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var from = ref First(source);
        ref var to = ref First(destination);
        var blocks = 1;
        var size = (nuint)Degree;
        for (var i = 0; i < _forward.Length - 1; i++)
        {
            var pass = _forward[i];
            // After the first pass a sub-block fits the first-level cache: everything is done to it before the next one.
            if (i == 1)
            {
                for (var block = 0; block < blocks; block++) Finish(ref Unsafe.Add(ref to, (nuint)block * size), blocks, block, size);
                return;
            }
            Run(pass, ref from, ref to, blocks, 0, size);
            blocks <<= pass.Levels;
            size >>= pass.Levels;
        }
        if (_forward.Length == 1) ForwardTail(ref from, ref to, 0, size, _forward[^1].Reduce);
        else
            for (var block = 0; block < blocks; block++) Finish(ref Unsafe.Add(ref to, (nuint)block * size), blocks, block, size);
    }

    private void Finish(ref double part, int blocks, int block, nuint size)
    {
        var inner = size;
        var (count, first) = (1, block);
        for (var i = 1; i < _forward.Length - 1; i++)
        {
            for (var j = 0; j < count; j++)
            {
                ref var sub = ref Unsafe.Add(ref part, (nuint)j * inner);
                Run(_forward[i], ref sub, ref sub, blocks, first + j, inner);
            }
            blocks <<= _forward[i].Levels;
            count <<= _forward[i].Levels;
            first <<= _forward[i].Levels;
            inner >>= _forward[i].Levels;
        }
        ForwardTail(ref part, ref part, (nuint)block * size / (2 * Width), size, _forward[^1].Reduce);
    }

    private void Run(Pass pass, ref double from, ref double to, int blocks, int block, nuint size)
    {
        switch (pass.Levels)
        {
            case 3:
                Forward8(ref from, ref to, blocks, block, size / 8, pass.Reduce);
                break;
            case 2:
                Forward4(ref from, ref to, blocks, block, size / 4, pass.Reduce);
                break;
            default:
                Forward2(ref from, ref to, blocks, block, size / 2, pass.Reduce);
                break;
        }
    }

    // Uneven levels come first, then threes; the last entry stands for the levels inside pairs of vectors.
    private Pass[] ForwardPlan()
    {
        var tail = DoubleTables<TVector, TLanes>.Steps + 1;
        var upper = BitOperations.Log2((uint)Degree) - tail;
        var levels = new List<int>();
        if (upper % 3 != 0) levels.Add(upper % 3);
        for (var i = 0; i < upper / 3; i++) levels.Add(3);
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
    private static void Butterfly(ref TVector upper, ref TVector lower, ref readonly double root, TVector p)
    {
        var w = TLanes.Broadcast(root);
        var wOverP = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in root), 1));
        var product = MultiplyFixed(lower, w, wOverP, p);
        lower = TLanes.Subtract(upper, product);
        upper = TLanes.Add(upper, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward8(ref double from, ref double to, int blocks, int block, nuint distance, bool reduce)
    {
        ref var roots = ref First(_tables.Forward[0]);
        ref var one = ref Unsafe.Add(ref roots, 2 * (nuint)(blocks + block));
        ref var two = ref Unsafe.Add(ref roots, 4 * (nuint)(blocks + block));
        ref var four = ref Unsafe.Add(ref roots, 8 * (nuint)(blocks + block));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref from, i);
            var x1 = TLanes.Load(ref from, i + distance);
            var x2 = TLanes.Load(ref from, i + 2 * distance);
            var x3 = TLanes.Load(ref from, i + 3 * distance);
            var x4 = TLanes.Load(ref from, i + 4 * distance);
            var x5 = TLanes.Load(ref from, i + 5 * distance);
            var x6 = TLanes.Load(ref from, i + 6 * distance);
            var x7 = TLanes.Load(ref from, i + 7 * distance);
            if (reduce)
            {
                x0 = Reduce(x0, p, inverse);
                x1 = Reduce(x1, p, inverse);
                x2 = Reduce(x2, p, inverse);
                x3 = Reduce(x3, p, inverse);
            }
            Butterfly(ref x0, ref x4, ref one, p);
            Butterfly(ref x1, ref x5, ref one, p);
            Butterfly(ref x2, ref x6, ref one, p);
            Butterfly(ref x3, ref x7, ref one, p);
            Butterfly(ref x0, ref x2, ref two, p);
            Butterfly(ref x1, ref x3, ref two, p);
            Butterfly(ref x4, ref x6, ref Unsafe.Add(ref two, 2), p);
            Butterfly(ref x5, ref x7, ref Unsafe.Add(ref two, 2), p);
            Butterfly(ref x0, ref x1, ref four, p);
            Butterfly(ref x2, ref x3, ref Unsafe.Add(ref four, 2), p);
            Butterfly(ref x4, ref x5, ref Unsafe.Add(ref four, 4), p);
            Butterfly(ref x6, ref x7, ref Unsafe.Add(ref four, 6), p);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
            TLanes.Store(x2, ref to, i + 2 * distance);
            TLanes.Store(x3, ref to, i + 3 * distance);
            TLanes.Store(x4, ref to, i + 4 * distance);
            TLanes.Store(x5, ref to, i + 5 * distance);
            TLanes.Store(x6, ref to, i + 6 * distance);
            TLanes.Store(x7, ref to, i + 7 * distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward4(ref double from, ref double to, int blocks, int block, nuint distance, bool reduce)
    {
        ref var roots = ref First(_tables.Forward[0]);
        ref var one = ref Unsafe.Add(ref roots, 2 * (nuint)(blocks + block));
        ref var two = ref Unsafe.Add(ref roots, 4 * (nuint)(blocks + block));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref from, i);
            var x1 = TLanes.Load(ref from, i + distance);
            var x2 = TLanes.Load(ref from, i + 2 * distance);
            var x3 = TLanes.Load(ref from, i + 3 * distance);
            if (reduce)
            {
                x0 = Reduce(x0, p, inverse);
                x1 = Reduce(x1, p, inverse);
            }
            Butterfly(ref x0, ref x2, ref one, p);
            Butterfly(ref x1, ref x3, ref one, p);
            Butterfly(ref x0, ref x1, ref two, p);
            Butterfly(ref x2, ref x3, ref Unsafe.Add(ref two, 2), p);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
            TLanes.Store(x2, ref to, i + 2 * distance);
            TLanes.Store(x3, ref to, i + 3 * distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward2(ref double from, ref double to, int blocks, int block, nuint distance, bool reduce)
    {
        ref var one = ref Unsafe.Add(ref First(_tables.Forward[0]), 2 * (nuint)(blocks + block));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref from, i);
            var x1 = TLanes.Load(ref from, i + distance);
            if (reduce) x0 = Reduce(x0, p, inverse);
            Butterfly(ref x0, ref x1, ref one, p);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitButterfly(ref TVector upper, ref TVector lower, ref readonly double roots, int step, TVector p)
    {
        TLanes.Split(ref upper, ref lower, step);
        var product = MultiplyFixed(lower, TLanes.Load(in roots, 0), TLanes.Load(in roots, Width), p);
        lower = TLanes.Subtract(upper, product);
        upper = TLanes.Add(upper, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardTail(ref double from, ref double to, nuint pair, nuint size, bool reduce)
    {
        var steps = DoubleTables<TVector, TLanes>.Steps;
        ref var root = ref Unsafe.Add(ref First(_tables.Forward[0]), 2 * ((nuint)Degree / (2 * Width) + pair));
        ref var lanes = ref Unsafe.Add(ref First(_tables.ForwardLanes[0]), pair * (nuint)steps * 2 * Width);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < size; i += 2 * Width)
        {
            var upper = TLanes.Load(ref from, i);
            var lower = TLanes.Load(ref from, i + Width);
            if (reduce) upper = Reduce(upper, p, inverse);
            Butterfly(ref upper, ref lower, ref root, p);
            if (TLanes.Count > 1) SplitButterfly(ref upper, ref lower, ref lanes, 0, p);
            if (TLanes.Count > 2) SplitButterfly(ref upper, ref lower, ref Unsafe.Add(ref lanes, 2 * Width), 1, p);
            if (TLanes.Count > 4) SplitButterfly(ref upper, ref lower, ref Unsafe.Add(ref lanes, 4 * Width), 2, p);
            upper = Reduce(upper, p, inverse);
            lower = Reduce(lower, p, inverse);
            TLanes.Merge(ref upper, ref lower);
            TLanes.Store(upper, ref to, i);
            TLanes.Store(lower, ref to, i + Width);
            root = ref Unsafe.Add(ref root, 2);
            lanes = ref Unsafe.Add(ref lanes, (nuint)steps * 2 * Width);
        }
    }
}
