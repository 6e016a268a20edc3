using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <summary>The plaintext scheme: computes on slots in the clear, with the levels, sizes, scales and refusals of the encrypted one, to test circuits fast.</summary>
/// <remarks>It encrypts nothing and needs no keys. With a noise seed, results carry errors of the size that encryption would add.</remarks>
public sealed partial class ClearEvaluator : IEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform>
{
    private readonly ClearNoise? _noise;
    private int _live;

    /// <param name="parameters">Whose levels and primes are modelled.</param>
    /// <param name="noiseSeed">Null computes without error, but for the rounding of doubles.</param>
    public ClearEvaluator(CkksParameters parameters, int? noiseSeed = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        _noise = noiseSeed is { } seed ? new ClearNoise(seed) : null;
    }

    public CkksParameters Parameters { get; }

    /// <summary>Ciphertexts that were made and not yet disposed of.</summary>
    public int LiveCiphertexts => Volatile.Read(ref _live);

    /// <param name="slots">At most N/2; the other slots are zero.</param>
    /// <param name="level">0 to MaxLevel.</param>
    /// <param name="scale">Positive, below the level's modulus.</param>
    public ClearCiphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale)
    {
        OperandChecks.Scale(Parameters, scale, level);
        OperandChecks.SlotCount(Parameters, slots.Length);
        var padded = new Complex[Parameters.SlotCount];
        slots.CopyTo(padded);
        return Noisy(New(padded, 2, level, scale), NoiseModel.Fresh(Parameters.Degree));
    }

    /// <summary>As <see cref="Encrypt(ReadOnlySpan{Complex}, int, double)"/>.</summary>
    public ClearCiphertext Encrypt(ReadOnlySpan<double> slots, int level, double scale) => Encrypt(Complexes(slots), level, scale);

    public Complex[] Decrypt(ClearCiphertext value)
    {
        Check(value);
        return [.. value.Slots];
    }

    public ClearPlaintext Encode(ReadOnlySpan<double> values, int level, double scale) =>
        new(Parameters, EncodeSlots(values, level, scale), level, scale);

    public ClearPlaintext Encode(double value, int level, double scale)
    {
        OperandChecks.Scale(Parameters, scale, level);
        OperandChecks.Magnitude(Parameters, Math.Abs(value), level, scale);
        // A constant is one coefficient: its rounding is the same in every slot.
        var rounded = _noise is null ? value : Math.Round(value * scale) / scale;
        return new ClearPlaintext(Parameters, Filled(rounded), level, scale);
    }

    public ClearCiphertext Add(ClearCiphertext left, ClearCiphertext right) => Combine(left, right, static (a, b) => a + b);

    public ClearCiphertext Subtract(ClearCiphertext left, ClearCiphertext right) => Combine(left, right, static (a, b) => a - b);

    public ClearCiphertext Negate(ClearCiphertext value)
    {
        Check(value);
        return New(Map(value.Slots, static slot => -slot), value.Size, value.Level, value.Scale);
    }

    public ClearCiphertext Add(ClearCiphertext left, ClearPlaintext right) => Combine(left, right, static (a, b) => a + b);

    public ClearCiphertext Subtract(ClearCiphertext left, ClearPlaintext right) => Combine(left, right, static (a, b) => a - b);

    public ClearCiphertext Multiply(ClearCiphertext left, ClearPlaintext right)
    {
        Check(left);
        OperandChecks.SameParameters(Parameters, right.Parameters);
        OperandChecks.Multipliable(Parameters, left, right);
        if (right.IsZero) throw OperandChecks.Transparent();
        return New(Zip(left.Slots, right.Slots, static (a, b) => a * b), left.Size, left.Level, left.Scale * right.Scale);
    }

    public ClearCiphertext Multiply(ClearCiphertext left, ClearCiphertext right)
    {
        Check(left);
        Check(right);
        OperandChecks.TwoPolynomials(left);
        OperandChecks.TwoPolynomials(right);
        OperandChecks.Multipliable(Parameters, left, right);
        return New(Zip(left.Slots, right.Slots, static (a, b) => a * b), 3, left.Level, left.Scale * right.Scale);
    }

    public ClearCiphertext Square(ClearCiphertext value) => Multiply(value, value);

    public ClearCiphertext Relinearize(ClearCiphertext value)
    {
        Check(value);
        OperandChecks.Relinearizable(value);
        var result = New([.. value.Slots], 2, value.Level, value.Scale);
        return value.Size == 2 ? result : Noisy(result, KeySwitchNoise(value.Level));
    }

    public ClearCiphertext Rescale(ClearCiphertext value)
    {
        Check(value);
        OperandChecks.Rescalable(Parameters, value);
        var result = New([.. value.Slots], value.Size, value.Level - 1, value.Scale / Parameters.Primes[value.Level]);
        return Noisy(result, NoiseModel.Division(Parameters.Degree, value.Size));
    }

    public ClearCiphertext SwitchLevel(ClearCiphertext value, int level)
    {
        Check(value);
        OperandChecks.Switchable(Parameters, value, level);
        return New([.. value.Slots], value.Size, level, value.Scale);
    }

    public ClearCiphertext Rotate(ClearCiphertext value, int steps)
    {
        Check(value);
        OperandChecks.TwoPolynomials(value);
        OperandChecks.Rotation(Parameters, steps);
        var result = New(Rotated(value.Slots, steps), 2, value.Level, value.Scale);
        return steps == 0 ? result : Noisy(result, KeySwitchNoise(value.Level));
    }

    public ClearCiphertext Conjugate(ClearCiphertext value)
    {
        Check(value);
        OperandChecks.TwoPolynomials(value);
        return Noisy(New(Map(value.Slots, Complex.Conjugate), 2, value.Level, value.Scale), KeySwitchNoise(value.Level));
    }

    internal void Count(int change) => Interlocked.Add(ref _live, change);
}
