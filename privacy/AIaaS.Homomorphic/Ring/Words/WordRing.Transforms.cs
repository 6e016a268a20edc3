using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Harvey's lazy butterflies: values stay below 4p and are reduced at the end; p below 2^61 leaves the room.</summary>
/// <remarks>Two levels are done to four values at a time, so that half the loads and stores are saved.</remarks>
internal partial class WordRing
{
    [MethodImpl(Kernels.Loop)]
    public override void Forward(ReadOnlySpan<double> source, Span<double> destination)
    {
        if (source != destination) source.CopyTo(destination);
        ref var a = ref MemoryMarshal.GetReference(Words(destination));
        ref var roots = ref MemoryMarshal.GetArrayDataReference(_tables.Value.Forward);
        var p = Modulus;
        var blocks = 1;
        var half = Degree / 2;
        if ((int.Log2(Degree) & 1) == 1)
        {
            for (var i = 0; i < half; i++) Butterfly(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref a, i + half), Unsafe.Add(ref roots, 1), p);
            (blocks, half) = (2, half / 2);
        }
        for (; half > 1; blocks *= 4, half /= 4)
        {
            var quarter = half / 2;
            for (var j = 0; j < blocks; j++)
            {
                var one = Unsafe.Add(ref roots, blocks + j);
                var left = Unsafe.Add(ref roots, 2 * (blocks + j));
                var right = Unsafe.Add(ref roots, 2 * (blocks + j) + 1);
                ref var x = ref Unsafe.Add(ref a, 2 * j * half);
                for (var i = 0; i < quarter; i++)
                {
                    var x0 = Unsafe.Add(ref x, i);
                    var x1 = Unsafe.Add(ref x, i + quarter);
                    var x2 = Unsafe.Add(ref x, i + 2 * quarter);
                    var x3 = Unsafe.Add(ref x, i + 3 * quarter);
                    Butterfly(ref x0, ref x2, one, p);
                    Butterfly(ref x1, ref x3, one, p);
                    Butterfly(ref x0, ref x1, left, p);
                    Butterfly(ref x2, ref x3, right, p);
                    Unsafe.Add(ref x, i) = x0;
                    Unsafe.Add(ref x, i + quarter) = x1;
                    Unsafe.Add(ref x, i + 2 * quarter) = x2;
                    Unsafe.Add(ref x, i + 3 * quarter) = x3;
                }
            }
        }
        for (var i = 0; i < Degree; i++)
        {
            var value = Unsafe.Add(ref a, i);
            value = Math.Min(value, value - 2 * p);
            Unsafe.Add(ref a, i) = Math.Min(value, value - p);
        }
    }

    [MethodImpl(Kernels.Loop)]
    public override void Inverse(ReadOnlySpan<double> source, Span<double> destination)
    {
        if (source != destination) source.CopyTo(destination);
        ref var a = ref MemoryMarshal.GetReference(Words(destination));
        ref var roots = ref MemoryMarshal.GetArrayDataReference(_tables.Value.Inverse);
        var p = Modulus;
        var blocks = Degree / 4;
        var quarter = 1;
        for (; blocks > 0; blocks /= 4, quarter *= 4)
            for (var j = 0; j < blocks; j++)
            {
                var one = Unsafe.Add(ref roots, blocks + j);
                var left = Unsafe.Add(ref roots, 2 * (blocks + j));
                var right = Unsafe.Add(ref roots, 2 * (blocks + j) + 1);
                ref var x = ref Unsafe.Add(ref a, 4 * j * quarter);
                for (var i = 0; i < quarter; i++)
                {
                    var x0 = Unsafe.Add(ref x, i);
                    var x1 = Unsafe.Add(ref x, i + quarter);
                    var x2 = Unsafe.Add(ref x, i + 2 * quarter);
                    var x3 = Unsafe.Add(ref x, i + 3 * quarter);
                    InverseButterfly(ref x0, ref x1, left, p);
                    InverseButterfly(ref x2, ref x3, right, p);
                    InverseButterfly(ref x0, ref x2, one, p);
                    InverseButterfly(ref x1, ref x3, one, p);
                    Unsafe.Add(ref x, i) = x0;
                    Unsafe.Add(ref x, i + quarter) = x1;
                    Unsafe.Add(ref x, i + 2 * quarter) = x2;
                    Unsafe.Add(ref x, i + 3 * quarter) = x3;
                }
            }
        if (quarter < Degree)
            for (var i = 0; i < Degree / 2; i++) InverseButterfly(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref a, i + Degree / 2), Unsafe.Add(ref roots, 1), p);
        for (var i = 0; i < Degree; i++) Unsafe.Add(ref a, i) = _tables.Value.InverseDegree.Multiply(Unsafe.Add(ref a, i), p);
    }

    // The smaller of x and x - 2p, as unsigned numbers, is x reduced by 2p where that is possible.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref ulong upper, ref ulong lower, Shoup root, ulong p)
    {
        var u = Math.Min(upper, upper - 2 * p);
        var v = root.MultiplyLazily(lower, p);
        upper = u + v;
        lower = u + 2 * p - v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterfly(ref ulong upper, ref ulong lower, Shoup root, ulong p)
    {
        var sum = upper + lower;
        lower = root.MultiplyLazily(upper + 2 * p - lower, p);
        upper = Math.Min(sum, sum - 2 * p);
    }
}
