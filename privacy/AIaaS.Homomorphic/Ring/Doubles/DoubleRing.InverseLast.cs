using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>The inverse's last pass: sums times 1/N (products have it in their root), all brought nearest zero.</summary>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LastButterfly(ref TVector upper, ref TVector lower, ref readonly double root, TVector scale, TVector scaleOverP, TVector p, TVector inverse)
    {
        InverseButterfly(ref upper, ref lower, in root, p);
        upper = Reduce(MultiplyFixed(upper, scale, scaleOverP, p), p, inverse);
        lower = Reduce(lower, p, inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseLast8(ref double to, nuint distance)
    {
        ref var roots = ref First(_tables.Inverse[0]);
        ref var one = ref Unsafe.Add(ref roots, 2);
        ref var two = ref Unsafe.Add(ref roots, 4);
        ref var four = ref Unsafe.Add(ref roots, 8);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var scale = TLanes.Broadcast(_tables.InverseDegree.Factor);
        var scaleOverP = TLanes.Broadcast(_tables.InverseDegree.Quotient);
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
            x0 = Reduce(x0, p, inverse);
            x4 = Reduce(x4, p, inverse);
            LastButterfly(ref x0, ref x4, ref one, scale, scaleOverP, p, inverse);
            LastButterfly(ref x1, ref x5, ref one, scale, scaleOverP, p, inverse);
            LastButterfly(ref x2, ref x6, ref one, scale, scaleOverP, p, inverse);
            LastButterfly(ref x3, ref x7, ref one, scale, scaleOverP, p, inverse);
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
    private void InverseLast4(ref double to, nuint distance)
    {
        ref var roots = ref First(_tables.Inverse[0]);
        ref var one = ref Unsafe.Add(ref roots, 2);
        ref var two = ref Unsafe.Add(ref roots, 4);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var scale = TLanes.Broadcast(_tables.InverseDegree.Factor);
        var scaleOverP = TLanes.Broadcast(_tables.InverseDegree.Quotient);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref to, i);
            var x1 = TLanes.Load(ref to, i + distance);
            var x2 = TLanes.Load(ref to, i + 2 * distance);
            var x3 = TLanes.Load(ref to, i + 3 * distance);
            InverseButterfly(ref x0, ref x1, ref two, p);
            InverseButterfly(ref x2, ref x3, ref Unsafe.Add(ref two, 2), p);
            LastButterfly(ref x0, ref x2, ref one, scale, scaleOverP, p, inverse);
            LastButterfly(ref x1, ref x3, ref one, scale, scaleOverP, p, inverse);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
            TLanes.Store(x2, ref to, i + 2 * distance);
            TLanes.Store(x3, ref to, i + 3 * distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseLast2(ref double to, nuint distance)
    {
        ref var one = ref Unsafe.Add(ref First(_tables.Inverse[0]), 2);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var scale = TLanes.Broadcast(_tables.InverseDegree.Factor);
        var scaleOverP = TLanes.Broadcast(_tables.InverseDegree.Quotient);
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref to, i);
            var x1 = TLanes.Load(ref to, i + distance);
            LastButterfly(ref x0, ref x1, ref one, scale, scaleOverP, p, inverse);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
        }
    }
}
