using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Many sums of the same rows with constant weights: two vectors of every row are gathered once, then all sums over them are made in registers.</summary>
/// <remarks>As in the sums of products, but the bias follows from the weights: small weights leave room for any number of terms.</remarks>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    public override void WeightedSums(ReadOnlySpan<ResidueBuffer> sources, int row, WeightMatrix weights, ReadOnlySpan<ResidueBuffer> destinations, int to)
    {
        var tile = 2 * TLanes.Count;
        var gathered = ArrayPool<double>.Shared.Rent(sources.Length * tile);
        var residues = ArrayPool<double>.Shared.Rent(weights.Values.Length);
        Residues(weights.Values, residues);
        var exponent = Math.Max(53, (int)Math.Ceiling(Math.Log2(LargestSum(residues, weights)) + Math.Log2(_p)) + 1);
        var limit = exponent < 52 + Bits(Modulus) ? 1 << Math.Min(20, 106 - exponent) : _sumLimit;
        var bias = exponent < 52 + Bits(Modulus) ? Math.ScaleB(1.5, exponent) : _sumBias;
        for (var start = 0; start < Degree; start += tile)
        {
            for (var i = 0; i < sources.Length; i++) sources[i][row].Slice(start, tile).CopyTo(gathered.AsSpan(i * tile));
            for (var output = 0; output < destinations.Length; output++)
                Sum(gathered, residues.AsSpan(output * sources.Length, sources.Length), limit, bias, destinations[output][to].Slice(start, tile));
        }
        ArrayPool<double>.Shared.Return(gathered, clearArray: true);
        ArrayPool<double>.Shared.Return(residues, clearArray: true);
    }

    [MethodImpl(Kernels.Loop)]
    private void Sum(double[] gathered, Span<double> weights, int limit, double sumBias, Span<double> destination)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(gathered);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var bias = TLanes.Broadcast(sumBias);
        var total0 = TLanes.Broadcast(0);
        var total1 = TLanes.Broadcast(0);
        for (var start = 0; start < weights.Length; start += limit)
        {
            // Two accumulators a vector, taken in turn, so that the additions of one need not wait for the other's.
            var even0 = bias;
            var even1 = bias;
            var odd0 = bias;
            var odd1 = bias;
            var low0 = TLanes.Broadcast(0);
            var low1 = TLanes.Broadcast(0);
            var end = Math.Min(weights.Length, start + limit);
            var i = start;
            for (; i + 1 < end; i += 2)
            {
                ref var first = ref Unsafe.Add(ref x, (nuint)i * 2 * Width);
                var w = TLanes.Broadcast(weights[i]);
                Accumulate(TLanes.Load(ref first, 0), w, ref even0, ref low0);
                Accumulate(TLanes.Load(ref first, Width), w, ref even1, ref low1);
                w = TLanes.Broadcast(weights[i + 1]);
                Accumulate(TLanes.Load(ref first, 2 * Width), w, ref odd0, ref low0);
                Accumulate(TLanes.Load(ref first, 3 * Width), w, ref odd1, ref low1);
            }
            if (i < end)
            {
                ref var last = ref Unsafe.Add(ref x, (nuint)i * 2 * Width);
                var w = TLanes.Broadcast(weights[i]);
                Accumulate(TLanes.Load(ref last, 0), w, ref even0, ref low0);
                Accumulate(TLanes.Load(ref last, Width), w, ref even1, ref low1);
            }
            var odds0 = Reduce(TLanes.Subtract(odd0, bias), p, inverse);
            var odds1 = Reduce(TLanes.Subtract(odd1, bias), p, inverse);
            total0 = Reduce(TLanes.Add(total0, TLanes.Add(odds0, Total(even0, low0, bias, p, inverse))), p, inverse);
            total1 = Reduce(TLanes.Add(total1, TLanes.Add(odds1, Total(even1, low1, bias, p, inverse))), p, inverse);
        }
        TLanes.Store(total0, ref c, 0);
        TLanes.Store(total1, ref c, Width);
    }

    private void Residues(ReadOnlySpan<double> weights, Span<double> residues)
    {
        for (var i = 0; i < weights.Length; i++) residues[i] = Math.Abs(weights[i]) <= _p / 2 ? weights[i] : Residue((long)weights[i]);
    }

    private static double LargestSum(double[] residues, WeightMatrix weights)
    {
        var largest = 1.0;
        for (var output = 0; output < weights.Outputs; output++)
        {
            var sum = 0.0;
            for (var i = 0; i < weights.Inputs; i++) sum += Math.Abs(residues[output * weights.Inputs + i]);
            largest = Math.Max(largest, sum);
        }
        return largest;
    }
}
