using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <content>Weighted sums and linear transforms.</content>
public sealed partial class ClearEvaluator
{
    public ClearCiphertext[] WeightedSums(ReadOnlySpan<ClearCiphertext> inputs, ReadOnlySpan<double[]> rows, double scale)
    {
        OperandChecks.WeightedSums(Parameters, inputs, rows, scale);
        foreach (var input in inputs) Check(input);
        var results = new ClearCiphertext[rows.Length];
        for (var row = 0; row < results.Length; row++) results[row] = WeightedSum(inputs, rows[row], scale);
        return results;
    }

    private ClearCiphertext WeightedSum(ReadOnlySpan<ClearCiphertext> inputs, double[] weights, double scale)
    {
        var sum = new Complex[Parameters.SlotCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            var weight = Math.Round(weights[i] * scale) / scale;
            var slots = inputs[i].Slots;
            for (var slot = 0; slot < sum.Length; slot++) sum[slot] += weight * slots[slot];
        }
        return New(sum, inputs[0].Size, inputs[0].Level, inputs[0].Scale * scale);
    }

    public ClearTransform Prepare(LinearTransform transform, int level, double scale)
    {
        ArgumentNullException.ThrowIfNull(transform);
        OperandChecks.Transform(Parameters, transform);
        var values = transform.Terms.Select(term => EncodeSlots(term.Values, level, scale)).ToArray();
        return new ClearTransform(Parameters, transform, values, level, scale);
    }

    public ClearCiphertext Transform(ReadOnlySpan<ClearCiphertext> inputs, ClearTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        OperandChecks.SameParameters(Parameters, transform.Parameters);
        foreach (var input in inputs) Check(input);
        OperandChecks.TransformInputs(Parameters, inputs, transform, transform.Transform.InputCount);
        if (transform.Transform.Rotations.Count > 0) OperandChecks.KeySwitching(Parameters);

        var (step, terms) = transform.Transform;
        var scale = inputs[0].Scale * transform.Scale;
        var babies = Babies(inputs, terms);
        Complex[]? sum = null;
        for (var giant = transform.Transform.GiantCount - 1; giant >= 0; giant--)
        {
            if (sum is not null)
            {
                sum = Rotated(sum, step);
                _noise?.AddTo(sum, KeySwitchNoise(transform.Level), scale);
            }
            sum ??= new Complex[Parameters.SlotCount];
            for (var i = 0; i < terms.Count; i++)
                if (terms[i].Giant == giant) Accumulate(sum, babies[(terms[i].Input, terms[i].Baby)], transform.Values[i], giant * step);
        }
        return New(sum!, 2, transform.Level, scale);
    }

    private Dictionary<(int Input, int Baby), Complex[]> Babies(ReadOnlySpan<ClearCiphertext> inputs, IReadOnlyList<DiagonalTerm> terms)
    {
        var babies = new Dictionary<(int, int), Complex[]>();
        foreach (var (input, baby) in terms.Select(term => (term.Input, term.Baby)).Distinct())
        {
            var rotated = Rotated(inputs[input].Slots, baby);
            if (baby != 0) _noise?.AddTo(rotated, KeySwitchNoise(inputs[0].Level), inputs[0].Scale);
            babies[(input, baby)] = rotated;
        }
        return babies;
    }

    // The values are by slot of the result, which the giant rotations still to come move to the left by this much.
    private static void Accumulate(Complex[] sum, Complex[] baby, Complex[] values, int moved)
    {
        var count = sum.Length;
        var shift = ((moved % count) + count) % count;
        for (var i = 0; i < count; i++)
        {
            var slot = (i + shift) % count;
            sum[slot] += baby[slot] * values[i];
        }
    }
}
