using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>The fast ring of primes up to 50 bits: residues as doubles nearest zero, products exact through fused multiply-add.</summary>
/// <remarks>
/// A stored residue x is an integer with |x| at most (p + 1) / 2. A product with a fixed w takes six operations (<see cref="MultiplyFixed"/>):
/// the quotient is rounded by adding and taking away 1.5 * 2^52, and the low half of the product comes from the fused multiply-add.
/// Exact while |y| is at most 2^52 and |w| at most p/2; then the result is at most 0.625 p. See Ring/README.md.
/// </remarks>
internal sealed partial class DoubleRing<TVector, TLanes> : PrimeRing
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>Adding and taking it away rounds a double below 2^51 to the nearest integer.</summary>
    private const double Rounder = 6755399441055744.0;

    /// <summary>No argument of a product with a fixed factor may exceed it.</summary>
    private const double Limit = 4503599627370496.0;

    private readonly double _p;
    private readonly double _inverse;

    public DoubleRing(ulong modulus, int degree)
        : base(modulus, degree)
    {
        if (modulus >= 1UL << Primes.MaxFastBits)
            throw new HomomorphicException($"{modulus} is above 2^{Primes.MaxFastBits}: doubles cannot hold its products exactly.");
        if (degree < MinDegree) throw new HomomorphicException($"Rows of {degree} values are shorter than what is done at once; the least is {MinDegree}.");
        _p = modulus;
        _inverse = 1.0 / _p;
        _sumLimit = SumLimit(modulus);
        _sumBias = SumBias(modulus);
        _tables = new DoubleTables<TVector, TLanes>(modulus, degree);
        _forward = ForwardPlan();
        _inverseReductions = InverseReductions();
    }

    /// <summary>After the first pass every block must hold two pairs of the widest vectors.</summary>
    public const int MinDegree = 128;

    private static nuint Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (nuint)TLanes.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double First(Span<double> row) => ref MemoryMarshal.GetReference(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double First(ReadOnlySpan<double> row) => ref MemoryMarshal.GetReference(row);

    /// <returns>x mod p, nearest zero; |x| at most 2^52.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduce(TVector x, TVector p, TVector inverse)
    {
        var rounder = TLanes.Broadcast(Rounder);
        var quotient = TLanes.Subtract(TLanes.MultiplyAdd(x, inverse, rounder), rounder);
        return TLanes.NegateMultiplyAdd(quotient, p, x);
    }

    /// <returns>x * w mod p, at most 0.625 p; <paramref name="wOverP"/> is w / p.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyFixed(TVector x, TVector w, TVector wOverP, TVector p)
    {
        var rounder = TLanes.Broadcast(Rounder);
        var high = TLanes.Multiply(x, w);
        var quotient = TLanes.Subtract(TLanes.MultiplyAdd(x, wOverP, rounder), rounder);
        return TLanes.Add(TLanes.NegateMultiplyAdd(quotient, p, high), TLanes.MultiplySubtract(x, w, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyTwoFixed(ref TVector x, TVector w, TVector wOverP, ref TVector y, TVector v, TVector vOverP, TVector p)
    {
        var rounder = TLanes.Broadcast(Rounder);
        var xQuotient = TLanes.MultiplyAdd(x, wOverP, rounder);
        var yQuotient = TLanes.MultiplyAdd(y, vOverP, rounder);
        var xHigh = TLanes.Multiply(x, w);
        var yHigh = TLanes.Multiply(y, v);
        xQuotient = TLanes.Subtract(xQuotient, rounder);
        yQuotient = TLanes.Subtract(yQuotient, rounder);
        x = TLanes.MultiplySubtract(x, w, xHigh);
        y = TLanes.MultiplySubtract(y, v, yHigh);
        xHigh = TLanes.NegateMultiplyAdd(xQuotient, p, xHigh);
        yHigh = TLanes.NegateMultiplyAdd(yQuotient, p, yHigh);
        x = TLanes.Add(xHigh, x);
        y = TLanes.Add(yHigh, y);
    }

    /// <returns>x * y mod p, near p/2 at most; both stored residues.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Product(TVector x, TVector y, TVector p, TVector inverse)
    {
        var rounder = TLanes.Broadcast(Rounder);
        var high = TLanes.Multiply(x, y);
        var quotient = TLanes.Subtract(TLanes.MultiplyAdd(high, inverse, rounder), rounder);
        return TLanes.Add(TLanes.NegateMultiplyAdd(quotient, p, high), TLanes.MultiplySubtract(x, y, high));
    }

    private (double Factor, double Quotient) Fixed(ulong scalar)
    {
        var factor = (double)Modular.Centre(scalar % Modulus, Modulus);
        return (factor, factor / _p);
    }
}
