using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>From residues modulo each prime to the integer nearest zero, as a double.</summary>
/// <remarks>
/// Garner's mixed radix (D. Knuth, TAOCP vol. 2, section 4.3.2) with digits nearest zero: v = d_0 + q_0 (d_1 + q_1 (d_2 + ...)), |d_i| &lt; q_i / 2.
/// The digits are exact. As long as only the leading one is known to be other than zero the rest is at most half of it, so nothing cancels
/// and Horner's rule in doubles is right to a few units in the last place.
/// </remarks>
internal static class Composition
{
    /// <param name="context">Whose primes.</param>
    /// <param name="rows">Evaluated rows of primes 0 to level; left as they are.</param>
    /// <param name="level">Level.</param>
    /// <param name="destination">N coefficients.</param>
    public static void Compose(CkksContext context, ResidueBuffer rows, int level, Span<double> destination)
    {
        var digits = context.Pool.Rent(level + 1);
        var work = context.Pool.Rent(1);
        try
        {
            for (var i = 0; i <= level; i++) rows[i].CopyTo(digits[i]);
            var top = Separate(context, digits, work[0], level);
            Sum(context, digits, work[0], top, destination);
        }
        finally
        {
            context.Pool.Return(digits, secret: true);
            context.Pool.Return(work, secret: true);
        }
    }

    /// <summary>Makes row i the digits d_i, as coefficients.</summary>
    /// <returns>The last digit that is not zero everywhere.</returns>
    private static int Separate(CkksContext context, ResidueBuffer digits, Span<double> work, int level)
    {
        var top = 0;
        for (var i = 0; i <= level; i++)
        {
            var ring = context.Rings[i];
            if (!PrimeRing.IsZero(digits[i])) top = i;
            ring.Inverse(digits[i], digits[i]);
            for (var j = i + 1; j <= level; j++)
            {
                var next = context.Rings[j];
                next.ForwardLifted(ring, digits[i], work);
                next.SubtractMultiplyScalar(digits[j], work, context.InverseOf(i, j), digits[j]);
            }
        }
        return top;
    }

    private static void Sum(CkksContext context, ResidueBuffer digits, Span<double> work, int top, Span<double> destination)
    {
        var residues = MemoryMarshal.Cast<double, ulong>(work);
        destination.Clear();
        for (var i = top; i >= 0; i--)
        {
            var prime = context.Rings[i].Modulus;
            context.Rings[i].ToCanonical(digits[i], residues);
            for (var j = 0; j < residues.Length; j++)
                destination[j] = Math.FusedMultiplyAdd(destination[j], prime, Modular.Centre(residues[j], prime));
        }
    }
}
