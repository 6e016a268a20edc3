using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <content>Slot vectors.</content>
public sealed partial class ClearEvaluator
{
    private void Check(ClearCiphertext value)
    {
        ArgumentNullException.ThrowIfNull(value);
        OperandChecks.SameParameters(Parameters, value.Parameters);
    }

    private ClearCiphertext New(Complex[] slots, int size, int level, double scale) => new(this, slots, size, level, scale);

    private double KeySwitchNoise(int level) => NoiseModel.KeySwitch(Parameters, level);

    private ClearCiphertext Noisy(ClearCiphertext value, double deviation)
    {
        _noise?.AddTo(value.Slots, deviation, value.Scale);
        return value;
    }

    private ClearCiphertext Combine(ClearCiphertext left, ClearCiphertext right, Func<Complex, Complex, Complex> operation)
    {
        Check(left);
        Check(right);
        OperandChecks.Alike(left, right);
        return New(Zip(left.Slots, right.Slots, operation), Math.Max(left.Size, right.Size), left.Level, left.Scale);
    }

    private ClearCiphertext Combine(ClearCiphertext left, ClearPlaintext right, Func<Complex, Complex, Complex> operation)
    {
        Check(left);
        OperandChecks.SameParameters(Parameters, right.Parameters);
        OperandChecks.Alike(left, right);
        return New(Zip(left.Slots, right.Slots, operation), left.Size, left.Level, left.Scale);
    }

    private Complex[] EncodeSlots(ReadOnlySpan<double> values, int level, double scale)
    {
        OperandChecks.Scale(Parameters, scale, level);
        OperandChecks.SlotCount(Parameters, values.Length);
        var squares = 0.0;
        foreach (var value in values) squares += value * value;
        // By Parseval the largest coefficient is at least this; a real encoder sees the coefficients themselves.
        OperandChecks.Magnitude(Parameters, Math.Sqrt(2 * squares) / Parameters.Degree, level, scale);
        var slots = new Complex[Parameters.SlotCount];
        Complexes(values).CopyTo(slots, 0);
        _noise?.AddTo(slots, NoiseModel.Encoding(Parameters.Degree), scale);
        return slots;
    }

    private static Complex[] Complexes(ReadOnlySpan<double> values)
    {
        var slots = new Complex[values.Length];
        for (var i = 0; i < slots.Length; i++) slots[i] = values[i];
        return slots;
    }

    private Complex[] Filled(double value)
    {
        var slots = new Complex[Parameters.SlotCount];
        Array.Fill(slots, value);
        return slots;
    }

    private static Complex[] Map(Complex[] slots, Func<Complex, Complex> operation) => Array.ConvertAll(slots, slot => operation(slot));

    private static Complex[] Zip(Complex[] left, Complex[] right, Func<Complex, Complex, Complex> operation)
    {
        var result = new Complex[left.Length];
        for (var i = 0; i < result.Length; i++) result[i] = operation(left[i], right[i]);
        return result;
    }

    private static Complex[] Rotated(Complex[] slots, int steps)
    {
        var count = slots.Length;
        var first = ((steps % count) + count) % count;
        var result = new Complex[count];
        Array.Copy(slots, first, result, 0, count - first);
        Array.Copy(slots, 0, result, count - first, first);
        return result;
    }
}
