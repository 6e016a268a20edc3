using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>
/// Between N real coefficients m_j and N/2 complex values: with c_j = m_j + i m_(j + N/2), m(zeta^e) = c(zeta^e) wherever e = 1 mod 4,
/// since zeta^(e N/2) = i there. So it is a transform of N/2 complex numbers modulo X^(N/2) - i.
/// </summary>
/// <remarks>In place, on N doubles: the real parts, then the imaginary parts. That is also the order of the coefficients.</remarks>
internal abstract class SlotTransform
{
    private protected SlotTransform(int slots, int lanes)
    {
        Slots = slots;
        Roots = new SlotRoots(slots, lanes);
        Positions = SlotOrder.Positions(slots, lanes);
    }

    public int Slots { get; }

    /// <summary>Where the value of each slot stands, see <see cref="SlotOrder"/>.</summary>
    public int[] Positions { get; }

    private protected SlotRoots Roots { get; }

    /// <summary>With the widest vectors that the processor has.</summary>
    public static SlotTransform Create(int slots)
    {
        if (Vector512.IsHardwareAccelerated) return new SlotTransformKernel<Lanes512, Vector512<double>>(slots);
        if (Vector256.IsHardwareAccelerated && Fma.IsSupported) return new SlotTransformKernel<Lanes256, Vector256<double>>(slots);
        return new SlotTransformKernel<LaneScalar, double>(slots);
    }

    /// <summary>Coefficients to values.</summary>
    public abstract void ToValues(Span<double> row);

    /// <summary>Values to n times the coefficients.</summary>
    public abstract void ToCoefficients(Span<double> row);

    /// <summary>Multiplies by a factor and rounds, halves away from zero.</summary>
    /// <returns>The largest magnitude, or NaN where something overflowed.</returns>
    public abstract double ScaleAndRound(Span<double> row, double factor);
}
