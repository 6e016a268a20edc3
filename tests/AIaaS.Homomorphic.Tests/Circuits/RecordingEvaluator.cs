using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits;

/// <summary>Passes everything on and remembers which keys were used at which level.</summary>
internal sealed class RecordingEvaluator<TCiphertext, TPlaintext, TTransform>(IEvaluator<TCiphertext, TPlaintext, TTransform> inner)
    : IEvaluator<TCiphertext, TPlaintext, TTransform>
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    private readonly Dictionary<TTransform, LinearTransform> _transforms = new(ReferenceEqualityComparer.Instance);

    public CkksParameters Parameters => inner.Parameters;

    public SortedDictionary<int, int> RotationLevels { get; } = [];

    public SortedSet<int> RelinearizationLevels { get; } = [];

    public int Rescales { get; private set; }

    public int Products { get; private set; }

    public TPlaintext Encode(ReadOnlySpan<double> values, int level, double scale) => inner.Encode(values, level, scale);

    public TPlaintext Encode(double value, int level, double scale) => inner.Encode(value, level, scale);

    public TCiphertext Add(TCiphertext left, TCiphertext right) => inner.Add(left, right);

    public TCiphertext Subtract(TCiphertext left, TCiphertext right) => inner.Subtract(left, right);

    public TCiphertext Negate(TCiphertext value) => inner.Negate(value);

    public TCiphertext Add(TCiphertext left, TPlaintext right) => inner.Add(left, right);

    public TCiphertext Subtract(TCiphertext left, TPlaintext right) => inner.Subtract(left, right);

    public TCiphertext Multiply(TCiphertext left, TPlaintext right) => inner.Multiply(left, right);

    public TCiphertext Multiply(TCiphertext left, TCiphertext right)
    {
        Products++;
        return inner.Multiply(left, right);
    }

    public TCiphertext Square(TCiphertext value)
    {
        Products++;
        return inner.Square(value);
    }

    public TCiphertext Relinearize(TCiphertext value)
    {
        if (value.Size > 2) RelinearizationLevels.Add(value.Level);
        return inner.Relinearize(value);
    }

    public TCiphertext Rescale(TCiphertext value)
    {
        Rescales++;
        return inner.Rescale(value);
    }

    public TCiphertext SwitchLevel(TCiphertext value, int level) => inner.SwitchLevel(value, level);

    public TCiphertext Rotate(TCiphertext value, int steps)
    {
        Record(steps, value.Level);
        return inner.Rotate(value, steps);
    }

    public TCiphertext Conjugate(TCiphertext value) => inner.Conjugate(value);

    public TCiphertext[] WeightedSums(ReadOnlySpan<TCiphertext> inputs, ReadOnlySpan<double[]> rows, double scale) => inner.WeightedSums(inputs, rows, scale);

    public TTransform Prepare(LinearTransform transform, int level, double scale)
    {
        var prepared = inner.Prepare(transform, level, scale);
        _transforms[prepared] = transform;
        return prepared;
    }

    public TCiphertext Transform(ReadOnlySpan<TCiphertext> inputs, TTransform transform)
    {
        foreach (var steps in _transforms[transform].Rotations) Record(steps, transform.Level);
        return inner.Transform(inputs, transform);
    }

    private void Record(int steps, int level)
    {
        if (steps != 0) RotationLevels[steps] = Math.Max(level, RotationLevels.GetValueOrDefault(steps));
    }
}
