using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Pointwise operations.</summary>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    [MethodImpl(Kernels.Loop)]
    public override void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        ref var a = ref First(left);
        ref var b = ref First(right);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(TLanes.Add(TLanes.Load(ref a, i), TLanes.Load(ref b, i)), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        ref var a = ref First(left);
        ref var b = ref First(right);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(TLanes.Subtract(TLanes.Load(ref a, i), TLanes.Load(ref b, i)), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void Negate(ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var a = ref First(source);
        ref var c = ref First(destination);
        var zero = TLanes.Broadcast(0);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(TLanes.Subtract(zero, TLanes.Load(ref a, i)), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        ref var a = ref First(left);
        ref var b = ref First(right);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(Product(TLanes.Load(ref a, i), TLanes.Load(ref b, i), p, inverse), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void MultiplyAdd(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        ref var a = ref First(left);
        ref var b = ref First(right);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
        {
            var product = Product(TLanes.Load(ref a, i), TLanes.Load(ref b, i), p, inverse);
            TLanes.Store(Reduce(TLanes.Add(TLanes.Load(ref c, i), product), p, inverse), ref c, i);
        }
    }

    [MethodImpl(Kernels.Loop)]
    public override void MultiplyScalar(ReadOnlySpan<double> source, ulong scalar, Span<double> destination)
    {
        var (factor, quotient) = Fixed(scalar);
        ref var a = ref First(source);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var w = TLanes.Broadcast(factor);
        var wOverP = TLanes.Broadcast(quotient);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(MultiplyFixed(TLanes.Load(ref a, i), w, wOverP, p), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void SubtractMultiplyScalar(ReadOnlySpan<double> left, ReadOnlySpan<double> right, ulong scalar, Span<double> destination)
    {
        var (factor, quotient) = Fixed(scalar);
        ref var a = ref First(left);
        ref var b = ref First(right);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var w = TLanes.Broadcast(factor);
        var wOverP = TLanes.Broadcast(quotient);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
        {
            var difference = TLanes.Subtract(TLanes.Load(ref a, i), TLanes.Load(ref b, i));
            TLanes.Store(Reduce(MultiplyFixed(difference, w, wOverP, p), p, inverse), ref c, i);
        }
    }

    [MethodImpl(Kernels.Loop)]
    public override void AddMultiple(ReadOnlySpan<double> source, ulong scalar, Automorphism? permutation, Span<double> destination, int offset = 0)
    {
        var (factor, quotient) = Fixed(scalar);
        ref var a = ref First(source);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var w = TLanes.Broadcast(factor);
        var wOverP = TLanes.Broadcast(quotient);
        var moves = permutation?.Moves(TLanes.Count);
        for (nuint i = 0; i < (nuint)destination.Length; i += 2 * Width)
        {
            var vector = (int)(((nuint)offset + i) / Width);
            TVector x, y;
            if (moves is null)
            {
                x = TLanes.Load(ref a, (nuint)offset + i);
                y = TLanes.Load(ref a, (nuint)offset + i + Width);
            }
            else
            {
                x = TLanes.Permute(TLanes.Load(ref a, (nuint)moves.Starts[vector]), ref moves.Order(vector));
                y = TLanes.Permute(TLanes.Load(ref a, (nuint)moves.Starts[vector + 1]), ref moves.Order(vector + 1));
            }
            MultiplyTwoFixed(ref x, w, wOverP, ref y, w, wOverP, p);
            TLanes.Store(Reduce(TLanes.Add(TLanes.Load(ref c, i), x), p, inverse), ref c, i);
            TLanes.Store(Reduce(TLanes.Add(TLanes.Load(ref c, i + Width), y), p, inverse), ref c, i + Width);
        }
    }
}
