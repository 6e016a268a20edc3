using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Gentleman–Sande, the forward passes backwards; 1/N is multiplied in by the last one.</summary>
/// <remarks>
/// Sums double at each level. Primes so small that 64 p fits 2^52 are loose: one reduction in each pass keeps all below 20 p.
/// The others reduce the sums in the middle of a pass as well, so that no difference exceeds 2.5 p.
/// </remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    private readonly bool _loose;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Inverse(ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var from = ref First(source);
        ref var to = ref First(destination);
        var parts = 1 << _forward[0].Levels;
        var size = (nuint)Degree >> _forward[0].Levels;
        // A sub-block is brought to its end in the first-level cache before the next one is touched.
        for (var part = 0; part < parts; part++)
        {
            var start = (nuint)part * size;
            InversePart(ref Unsafe.Add(ref from, start), ref Unsafe.Add(ref to, start), parts, part, size);
        }
        switch (_forward[0].Levels)
        {
            case 3:
                InverseLast8(ref to, size);
                break;
            case 2:
                InverseLast4(ref to, size);
                break;
            default:
                InverseLast2(ref to, size);
                break;
        }
    }

    private void InversePart(ref double from, ref double to, int parts, int part, nuint size)
    {
        InverseTail(ref from, ref to, (nuint)part * size / (2 * Width), size);
        // All passes but the first of the forward plan are of three levels.
        var inner = 16 * Width;
        for (var count = size / inner; count >= 1; count /= 8, inner *= 8)
        {
            var blocks = parts * (int)count;
            for (nuint j = 0; j < count; j++)
                Inverse8(ref Unsafe.Add(ref to, j * inner), blocks, part * (int)count + (int)j, inner / 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterfly(ref TVector upper, ref TVector lower, ref readonly double root, TVector p)
    {
        var difference = TLanes.Subtract(upper, lower);
        upper = TLanes.Add(upper, lower);
        lower = MultiplyFixed(difference, TLanes.Broadcast(root), TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in root), 1)), p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherButterfly(ref TVector upper, ref TVector lower, ref readonly double roots, int step, TVector p)
    {
        TLanes.Gather(ref upper, ref lower, step);
        var difference = TLanes.Subtract(upper, lower);
        upper = TLanes.Add(upper, lower);
        lower = MultiplyFixed(difference, TLanes.Load(in roots, 0), TLanes.Load(in roots, Width), p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseTail(ref double from, ref double to, nuint pair, nuint size)
    {
        var steps = DoubleTables<TVector, TLanes>.Steps;
        ref var root = ref Unsafe.Add(ref First(_tables.Inverse[0]), 2 * ((nuint)Degree / (2 * Width) + pair));
        ref var lanes = ref Unsafe.Add(ref First(_tables.InverseLanes[0]), pair * (nuint)steps * 2 * Width);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var loose = _loose;
        for (nuint i = 0; i < size; i += 2 * Width)
        {
            var upper = TLanes.Load(ref from, i);
            var lower = TLanes.Load(ref from, i + Width);
            if (TLanes.Count > 1) GatherButterfly(ref upper, ref lower, ref lanes, 0, p);
            if (TLanes.Count > 2) GatherButterfly(ref upper, ref lower, ref Unsafe.Add(ref lanes, 2 * Width), 1, p);
            if (!loose) upper = Reduce(upper, p, inverse);
            if (TLanes.Count > 4) GatherButterfly(ref upper, ref lower, ref Unsafe.Add(ref lanes, 4 * Width), 2, p);
            TLanes.Gather(ref upper, ref lower, steps);
            InverseButterfly(ref upper, ref lower, ref root, p);
            upper = Reduce(upper, p, inverse);
            TLanes.Restore(ref upper, ref lower);
            TLanes.Store(upper, ref to, i);
            TLanes.Store(lower, ref to, i + Width);
            root = ref Unsafe.Add(ref root, 2);
            lanes = ref Unsafe.Add(ref lanes, (nuint)steps * 2 * Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Inverse8(ref double to, int blocks, int block, nuint distance)
    {
        ref var roots = ref First(_tables.Inverse[0]);
        ref var one = ref Unsafe.Add(ref roots, 2 * (nuint)(blocks + block));
        ref var two = ref Unsafe.Add(ref roots, 4 * (nuint)(blocks + block));
        ref var four = ref Unsafe.Add(ref roots, 8 * (nuint)(blocks + block));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var loose = _loose;
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref to, i);
            var x1 = TLanes.Load(ref to, i + distance);
            var x2 = TLanes.Load(ref to, i + 2 * distance);
            var x3 = TLanes.Load(ref to, i + 3 * distance);
            var x4 = TLanes.Load(ref to, i + 4 * distance);
            var x5 = TLanes.Load(ref to, i + 5 * distance);
            var x6 = TLanes.Load(ref to, i + 6 * distance);
            var x7 = TLanes.Load(ref to, i + 7 * distance);
            InverseButterfly(ref x0, ref x1, ref four, p);
            InverseButterfly(ref x2, ref x3, ref Unsafe.Add(ref four, 2), p);
            InverseButterfly(ref x4, ref x5, ref Unsafe.Add(ref four, 4), p);
            InverseButterfly(ref x6, ref x7, ref Unsafe.Add(ref four, 6), p);
            InverseButterfly(ref x0, ref x2, ref two, p);
            InverseButterfly(ref x1, ref x3, ref two, p);
            InverseButterfly(ref x4, ref x6, ref Unsafe.Add(ref two, 2), p);
            InverseButterfly(ref x5, ref x7, ref Unsafe.Add(ref two, 2), p);
            if (!loose)
            {
                x0 = Reduce(x0, p, inverse);
                x4 = Reduce(x4, p, inverse);
            }
            InverseButterfly(ref x0, ref x4, ref one, p);
            InverseButterfly(ref x1, ref x5, ref one, p);
            InverseButterfly(ref x2, ref x6, ref one, p);
            InverseButterfly(ref x3, ref x7, ref one, p);
            x0 = Reduce(x0, p, inverse);
            if (!loose)
            {
                x1 = Reduce(x1, p, inverse);
                x2 = Reduce(x2, p, inverse);
                x3 = Reduce(x3, p, inverse);
            }
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
}
