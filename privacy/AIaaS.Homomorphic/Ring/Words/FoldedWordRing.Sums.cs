using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Products of residues and sums of such products, each reduced once.</summary>
internal sealed unsafe partial class FoldedWordRing
{
    [MethodImpl(Kernels.Loop)]
    public override void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var lanes = _lanes;
        fixed (double* a = left, b = right, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count)
            {
                var sums = default(PartialSums);
                var (low, high) = PartialSums.Split(Load(a, i));
                sums.Add(low, high, Load(b, i));
                Store(sums.Reduce(lanes), c, i);
            }
    }

    [MethodImpl(Kernels.Loop)]
    public override void MultiplyAdd(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var lanes = _lanes;
        fixed (double* a = left, b = right, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count)
            {
                var sums = PartialSums.Of(Load(c, i));
                var (low, high) = PartialSums.Split(Load(a, i));
                sums.Add(low, high, Load(b, i));
                Store(sums.Reduce(lanes), c, i);
            }
    }

    [MethodImpl(Kernels.Loop)]
    public override void InnerProduct(RowSet left, RowSet right, Span<double> destination)
    {
        var lanes = _lanes;
        var stepA = (nint)left.Step * left.Buffer.Stride;
        var stepB = (nint)right.Step * right.Buffer.Stride;
        fixed (double* a = left[0], b = right[0], c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count)
            {
                var sums = default(PartialSums);
                for (var start = 0; start < left.Count; start += PartialSums.Limit)
                {
                    if (start > 0) sums = PartialSums.Of(sums.Reduce(lanes));
                    var x = a + i + start * stepA;
                    var y = b + i + start * stepB;
                    for (var count = Math.Min(PartialSums.Limit, left.Count - start); count > 0; count--, x += stepA, y += stepB)
                    {
                        var (low, high) = PartialSums.Split(Load(x, 0));
                        sums.Add(low, high, Load(y, 0));
                    }
                }
                Store(sums.Reduce(lanes), c, i);
            }
    }

    [MethodImpl(Kernels.Loop)]
    public override void InnerProducts(
        RowSet left, RowSet right0, RowSet right1, Automorphism? permutation, Span<double> destination0, Span<double> destination1, bool add = false)
    {
        var lanes = _lanes;
        var stepA = (nint)left.Step * left.Buffer.Stride;
        var stepB = (nint)right0.Step * right0.Buffer.Stride;
        var moves = permutation?.Moves(FoldedLanes.Count);
        fixed (double* a = left[0], b0 = right0[0], b1 = right1[0], c0 = destination0, c1 = destination1)
            for (var i = 0; i < destination0.Length; i += FoldedLanes.Count)
            {
                var sums0 = add ? PartialSums.Of(Load(c0, i)) : default;
                var sums1 = add ? PartialSums.Of(Load(c1, i)) : default;
                var vector = (right0.Offset + i) / FoldedLanes.Count;
                var order = moves is null ? default : Vector256.LoadUnsafe(ref moves.Order(vector)).AsInt32();
                var source = a + (moves is null ? i : moves.Starts[vector]);
                for (var start = 0; start < left.Count; start += PartialSums.Limit)
                {
                    if (start > 0) (sums0, sums1) = (PartialSums.Of(sums0.Reduce(lanes)), PartialSums.Of(sums1.Reduce(lanes)));
                    var x = source + start * stepA;
                    var y0 = b0 + i + start * stepB;
                    var y1 = b1 + i + start * stepB;
                    for (var count = Math.Min(PartialSums.Limit, left.Count - start); count > 0; count--, x += stepA, y0 += stepB, y1 += stepB)
                    {
                        var value = Load(x, 0);
                        if (moves is not null) value = Avx2.PermuteVar8x32(value.AsInt32(), order).AsUInt64();
                        var (low, high) = PartialSums.Split(value);
                        sums0.Add(low, high, Load(y0, 0));
                        sums1.Add(low, high, Load(y1, 0));
                    }
                }
                Store(sums0.Reduce(lanes), c0, i);
                Store(sums1.Reduce(lanes), c1, i);
            }
    }

    public override void WeightedSums(ReadOnlySpan<ResidueBuffer> sources, int row, WeightMatrix weights, ReadOnlySpan<ResidueBuffer> destinations, int to)
    {
        for (var output = 0; output < destinations.Length; output++)
        {
            var destination = destinations[output][to];
            destination.Clear();
            for (var i = 0; i < sources.Length; i++)
            {
                var weight = (long)weights.Values[output * weights.Inputs + i];
                if (weight != 0) AddMultiple(sources[i][row], Modular.Reduce(weight, Modulus), null, destination);
            }
        }
    }

    [MethodImpl(Kernels.Loop)]
    public override void AddMultiple(ReadOnlySpan<double> source, ulong scalar, Automorphism? permutation, Span<double> destination, int offset = 0)
    {
        var lanes = _lanes;
        var factor = FoldedFactor.Of(scalar, Modulus);
        var moves = permutation?.Moves(FoldedLanes.Count);
        fixed (double* a = source, c = destination)
            for (var i = 0; i < destination.Length; i += FoldedLanes.Count)
            {
                var vector = (offset + i) / FoldedLanes.Count;
                var value = Load(a, moves is null ? offset + i : moves.Starts[vector]);
                if (moves is not null) value = Avx2.PermuteVar8x32(value.AsInt32(), Vector256.LoadUnsafe(ref moves.Order(vector)).AsInt32()).AsUInt64();
                Store(lanes.Reduce(Load(c, i) + lanes.Multiply(value, factor)), c, i);
            }
    }
}
