using System.Numerics;
using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ckks.Slots;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Between slots and plaintexts, with SEAL's order of slots. Used from any thread.</summary>
/// <remarks>
/// Slot i is m(zeta^(3^i)) / scale, zeta = e^(i pi/N); coefficients are rounded, halves away from zero.
/// J. H. Cheon, A. Kim, M. Kim, Y. Song, "Homomorphic Encryption for Arithmetic of Approximate Numbers", 2017, section 3.2.
/// </remarks>
public sealed partial class CkksEncoder
{
    private readonly SlotTransform _transform;

    public CkksEncoder(CkksContext context)
        : this(context, SlotTransform.Create((context ?? throw new ArgumentNullException(nameof(context))).Parameters.SlotCount))
    {
    }

    internal CkksEncoder(CkksContext context, SlotTransform transform)
    {
        Context = context;
        _transform = transform;
    }

    public CkksContext Context { get; }

    /// <param name="values">At most N/2, finite; the other slots are zero.</param>
    /// <param name="level">0 to MaxLevel.</param>
    /// <param name="scale">Finite, positive. The largest value times the scale must stay below half the product of the level's primes.</param>
    /// <exception cref="HomomorphicException">Something is out of range; the message says what.</exception>
    public Plaintext Encode(ReadOnlySpan<double> values, int level, double scale) =>
        new(Context, Encode(values, level, scale, withSpecial: false), level, scale);

    /// <inheritdoc cref="Encode(ReadOnlySpan{double}, int, double)"/>
    public Plaintext Encode(ReadOnlySpan<Complex> values, int level, double scale)
    {
        EncodingLimits.Check(Context, values.Length, level, scale);
        var work = Context.Pool.Rent(1);
        try
        {
            Scatter(values, work[0]);
            return new Plaintext(Context, ToRows(work[0], level, scale, withSpecial: false), level, scale);
        }
        finally
        {
            Context.Pool.Return(work, secret: true);
        }
    }

    /// <summary>The same number in every slot: a constant polynomial, exact to the rounding of value times scale.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{double}, int, double)"/>
    public Plaintext Encode(double value, int level, double scale)
    {
        EncodingLimits.Check(Context, 1, level, scale);
        if (!double.IsFinite(value)) throw EncodingLimits.NotFinite(0);
        var constant = Math.Round(value * scale, MidpointRounding.AwayFromZero);
        EncodingLimits.CheckMagnitude(Context, Math.Abs(constant), level, scale);

        var work = Context.Pool.Rent(1);
        var rows = Context.Pool.Rent(level + 1);
        // In NTT form a constant polynomial is that constant everywhere.
        var residues = MemoryMarshal.Cast<double, ulong>(work[0]);
        for (var i = 0; i <= level; i++)
        {
            residues.Fill(Modular.Reduce(new BigInteger(constant), Context.Rings[i].Modulus));
            Context.Rings[i].FromCanonical(residues, rows[i]);
        }
        Context.Pool.Return(work, secret: true);
        return new Plaintext(Context, rows, level, scale);
    }

    /// <summary>For linear transforms: the rows of primes 0 to level and, if wanted, one more modulo the special prime.</summary>
    /// <returns>Evaluated rows, owned by the caller.</returns>
    internal ResidueBuffer Encode(ReadOnlySpan<double> values, int level, double scale, bool withSpecial)
    {
        EncodingLimits.Check(Context, values.Length, level, scale);
        var work = Context.Pool.Rent(1);
        try
        {
            Scatter(values, work[0]);
            return ToRows(work[0], level, scale, withSpecial);
        }
        finally
        {
            Context.Pool.Return(work, secret: true);
        }
    }

    private void Scatter(ReadOnlySpan<double> values, Span<double> row)
    {
        row.Clear();
        var positions = _transform.Positions.AsSpan(0, values.Length);
        // Zero for finite values, NaN for others.
        var check = 0.0;
        for (var i = 0; i < positions.Length; i++)
        {
            check += values[i] * 0;
            row[positions[i]] = values[i];
        }
        if (check != 0) throw EncodingLimits.NotFinite(EncodingLimits.FirstNotFinite(values));
    }

    private void Scatter(ReadOnlySpan<Complex> values, Span<double> row)
    {
        row.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (!Complex.IsFinite(values[i])) throw EncodingLimits.NotFinite(i);
            var position = _transform.Positions[i];
            row[position] = values[i].Real;
            row[_transform.Slots + position] = SlotOrder.IsConjugate(i) ? -values[i].Imaginary : values[i].Imaginary;
        }
    }

    private ResidueBuffer ToRows(Span<double> values, int level, double scale, bool withSpecial)
    {
        _transform.ToCoefficients(values);
        var largest = _transform.ScaleAndRound(values, scale / _transform.Slots);
        EncodingLimits.CheckMagnitude(Context, largest, level, scale);

        var rows = Context.Pool.Rent(level + (withSpecial ? 2 : 1));
        for (var i = 0; i < rows.Rows; i++)
        {
            var ring = i <= level ? Context.Rings[i] : Context.Special;
            ring.FromRounded(values, rows[i]);
            ring.Forward(rows[i], rows[i]);
        }
        return rows;
    }
}
