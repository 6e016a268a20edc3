using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>The inverse's last pass: sums times 1/N (products have it in their root), all brought nearest zero.</summary>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    [MethodImpl(Kernels.Loop)]
    private void InverseLast4(ref double to, nuint distance)
    {
        ref var roots = ref First(_tables.Inverse[0]);
        ref var one = ref Unsafe.Add(ref roots, 2);
        ref var two = ref Unsafe.Add(ref roots, 4);
        var w1 = TLanes.Broadcast(one);
        var w1OverP = TLanes.Broadcast(Unsafe.Add(ref one, 1));
        var w2 = TLanes.Broadcast(two);
        var w2OverP = TLanes.Broadcast(Unsafe.Add(ref two, 1));
        var w3 = TLanes.Broadcast(Unsafe.Add(ref two, 2));
        var w3OverP = TLanes.Broadcast(Unsafe.Add(ref two, 3));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var (scale, scaleOverP) = (TLanes.Broadcast(_tables.InverseDegree.Factor), TLanes.Broadcast(_tables.InverseDegree.Quotient));
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref to, i);
            var x1 = TLanes.Load(ref to, i + distance);
            var x2 = TLanes.Load(ref to, i + 2 * distance);
            var x3 = TLanes.Load(ref to, i + 3 * distance);
            InverseButterflies(ref x0, ref x1, w2, w2OverP, ref x2, ref x3, w3, w3OverP, p);
            InverseButterflies(ref x0, ref x2, w1, w1OverP, ref x1, ref x3, w1, w1OverP, p);
            MultiplyTwoFixed(ref x0, scale, scaleOverP, ref x1, scale, scaleOverP, p);
            x0 = Reduce(x0, p, inverse);
            x1 = Reduce(x1, p, inverse);
            x2 = Reduce(x2, p, inverse);
            x3 = Reduce(x3, p, inverse);
            TLanes.Store(x0, ref to, i);
            TLanes.Store(x1, ref to, i + distance);
            TLanes.Store(x2, ref to, i + 2 * distance);
            TLanes.Store(x3, ref to, i + 3 * distance);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private void InverseLast2(ref double to, nuint distance)
    {
        ref var one = ref Unsafe.Add(ref First(_tables.Inverse[0]), 2);
        var w = TLanes.Broadcast(one);
        var wOverP = TLanes.Broadcast(Unsafe.Add(ref one, 1));
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var (scale, scaleOverP) = (TLanes.Broadcast(_tables.InverseDegree.Factor), TLanes.Broadcast(_tables.InverseDegree.Quotient));
        for (nuint i = 0; i < distance; i += Width)
        {
            var x0 = TLanes.Load(ref to, i);
            var x1 = TLanes.Load(ref to, i + distance);
            InverseButterfly(ref x0, ref x1, w, wOverP, p);
            TLanes.Store(Reduce(MultiplyFixed(x0, scale, scaleOverP, p), p, inverse), ref to, i);
            TLanes.Store(Reduce(x1, p, inverse), ref to, i + distance);
        }
    }
}
