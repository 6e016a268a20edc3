using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Gentleman–Sande, the forward passes backwards; 1/N is multiplied in by the last one.</summary>
/// <remarks>
/// Sums double at each level, products are at most 0.625 p again. A pass of two levels so makes of values up to b one up to 4 b, one up to
/// 1.25 p and two up to 0.625 p, and takes products of differences up to 4 b, which must not pass 2^52: <see cref="InverseReductions"/>
/// says how many of its sums each pass reduces for the next one's sake.
/// </remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    private readonly int[] _inverseReductions;

    public override void Inverse(ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var to = ref First(destination);
        var blocks = 1 << _forward[0].Levels;
        for (var block = 0; block < blocks; block++) StartInverse(ref First(source), ref to, 1, blocks, block);
        if (_forward[0].Levels == 1) InverseLast2(ref to, (nuint)Degree / 2);
        else InverseLast4(ref to, (nuint)Degree / 4);
    }

    private void StartInverse(ref double from, ref double to, int pass, int blocks, int block)
    {
        var size = (nuint)Degree / (nuint)blocks;
        ref var start = ref Unsafe.Add(ref to, (nuint)block * size);
        if (size > CachedBlock)
        {
            for (var child = 0; child < 4; child++) StartInverse(ref from, ref to, pass + 1, 4 * blocks, 4 * block + child);
            Inverse4(ref start, blocks, block, 1, size / 4, _inverseReductions[pass]);
            return;
        }
        InverseTail(ref Unsafe.Add(ref from, (nuint)block * size), ref start, (nuint)block * size / (2 * Width), size);
        var count = (int)(size / (8 * Width));
        var distance = 2 * Width;
        for (var last = _forward.Length - 2; last >= pass; last--)
        {
            Inverse4(ref start, blocks * count, block * count, count, distance, _inverseReductions[last]);
            (count, distance) = (count / 4, 4 * distance);
        }
    }

    /// <returns>Per pass, how many sums it reduces: 0, the one up to 4 b, or that and the one up to 1.25 p. The last entry is the tail's, 0 or 1.</returns>
    private int[] InverseReductions()
    {
        var reductions = new int[_forward.Length];
        var bound = (_p + 1) / 2 * (1 << _forward[^1].Levels);
        for (var pass = reductions.Length - 1; pass > 0; pass--)
        {
            if (pass < reductions.Length - 1) bound *= 4;
            if (4 * bound <= Limit) continue;
            reductions[pass] = pass == reductions.Length - 1 || 5 * _p <= Limit ? 1 : 2;
            bound = (pass == reductions.Length - 1 || reductions[pass] == 2 ? 0.625 : 1.25) * _p;
        }
        return reductions;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterfly(ref TVector upper, ref TVector lower, TVector w, TVector wOverP, TVector p)
    {
        var difference = TLanes.Subtract(upper, lower);
        upper = TLanes.Add(upper, lower);
        lower = MultiplyFixed(difference, w, wOverP, p);
    }

    /// <summary>Two butterflies, written step by step beside each other: see <see cref="Butterflies"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterflies(
        ref TVector upper0, ref TVector lower0, TVector w0, TVector w0OverP, ref TVector upper1, ref TVector lower1, TVector w1, TVector w1OverP, TVector p)
    {
        var x = TLanes.Subtract(upper0, lower0);
        var y = TLanes.Subtract(upper1, lower1);
        upper0 = TLanes.Add(upper0, lower0);
        upper1 = TLanes.Add(upper1, lower1);
        MultiplyTwoFixed(ref x, w0, w0OverP, ref y, w1, w1OverP, p);
        lower0 = x;
        lower1 = y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherButterflies(
        ref TVector upper0,
        ref TVector lower0,
        ref double roots0,
        ref TVector upper1,
        ref TVector lower1,
        ref double roots1,
        int step,
        TVector p)
    {
        TLanes.Gather(ref upper0, ref lower0, step);
        TLanes.Gather(ref upper1, ref lower1, step);
        var at = (nuint)step * 2 * Width;
        InverseButterflies(
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
    private void InverseTail(ref double from, ref double to, nuint pair, nuint size)
    {
        var steps = DoubleTables<TVector, TLanes>.Steps;
        ref var root = ref Unsafe.Add(ref First(_tables.Inverse[0]), 2 * ((nuint)Degree / (2 * Width) + pair));
        ref var lanes = ref Unsafe.Add(ref First(_tables.InverseLanes[0]), pair * (nuint)steps * 2 * Width);
        var p = TLanes.Broadcast(_p);
        var reduce = _inverseReductions[^1] > 0;
        for (nuint i = 0; i < size; i += 4 * Width)
        {
            var upper0 = TLanes.Load(ref from, i);
            var lower0 = TLanes.Load(ref from, i + Width);
            var upper1 = TLanes.Load(ref from, i + 2 * Width);
            var lower1 = TLanes.Load(ref from, i + 3 * Width);
            ref var next = ref Unsafe.Add(ref lanes, (nuint)steps * 2 * Width);
            if (TLanes.Count > 1) GatherButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 0, p);
            if (TLanes.Count > 2) GatherButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 1, p);
            if (TLanes.Count > 4)
            {
                // Of four levels the last would see differences up to 8 p.
                upper0 = Reduce(upper0, p, TLanes.Broadcast(_inverse));
                upper1 = Reduce(upper1, p, TLanes.Broadcast(_inverse));
                GatherButterflies(ref upper0, ref lower0, ref lanes, ref upper1, ref lower1, ref next, 2, p);
            }
            TLanes.Gather(ref upper0, ref lower0, steps);
            TLanes.Gather(ref upper1, ref lower1, steps);
            InverseButterflies(
                ref upper0,
                ref lower0,
                TLanes.Broadcast(root),
                TLanes.Broadcast(Unsafe.Add(ref root, 1)),
                ref upper1,
                ref lower1,
                TLanes.Broadcast(Unsafe.Add(ref root, 2)),
                TLanes.Broadcast(Unsafe.Add(ref root, 3)),
                p);
            if (reduce)
            {
                upper0 = Reduce(upper0, p, TLanes.Broadcast(_inverse));
                upper1 = Reduce(upper1, p, TLanes.Broadcast(_inverse));
            }
            TLanes.Restore(ref upper0, ref lower0);
            TLanes.Restore(ref upper1, ref lower1);
            TLanes.Store(upper0, ref to, i);
            TLanes.Store(lower0, ref to, i + Width);
            TLanes.Store(upper1, ref to, i + 2 * Width);
            TLanes.Store(lower1, ref to, i + 3 * Width);
            root = ref Unsafe.Add(ref root, 4);
            lanes = ref Unsafe.Add(ref next, (nuint)steps * 2 * Width);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private void Inverse4(ref double to, int blocks, int block, int count, nuint distance, int reductions)
    {
        ref var roots = ref First(_tables.Inverse[0]);
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
                var x0 = TLanes.Load(ref to, i);
                var x1 = TLanes.Load(ref to, i + distance);
                var x2 = TLanes.Load(ref to, i + 2 * distance);
                var x3 = TLanes.Load(ref to, i + 3 * distance);
                InverseButterflies(ref x0, ref x1, w2, w2OverP, ref x2, ref x3, w3, w3OverP, p);
                InverseButterflies(ref x0, ref x2, w1, w1OverP, ref x1, ref x3, w1, w1OverP, p);
                if (reductions > 0) x0 = Reduce(x0, p, TLanes.Broadcast(_inverse));
                if (reductions > 1) x1 = Reduce(x1, p, TLanes.Broadcast(_inverse));
                TLanes.Store(x0, ref to, i);
                TLanes.Store(x1, ref to, i + distance);
                TLanes.Store(x2, ref to, i + 2 * distance);
                TLanes.Store(x3, ref to, i + 3 * distance);
            }
            one = ref Unsafe.Add(ref one, 2);
            two = ref Unsafe.Add(ref two, 4);
            to = ref Unsafe.Add(ref to, 4 * distance);
        }
    }
}
