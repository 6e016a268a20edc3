using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>Transforms with their plaintexts encoded, and the folds behind them.</summary>
public sealed class PreparedLinear<TCiphertext, TPlaintext, TTransform> : IDisposable
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    private readonly IEvaluator<TCiphertext, TPlaintext, TTransform> _evaluator;
    private readonly (TTransform Transform, IReadOnlyList<int> Folds)[] _parts;

    public PreparedLinear(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, IReadOnlyList<FoldedTransform> parts, int level, double scale)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(parts);
        _evaluator = evaluator;
        _parts = [.. parts.Select(part => (evaluator.Prepare(part.Transform, level, scale), part.Folds))];
    }

    /// <returns>One ciphertext per part, for the caller to dispose of; not rescaled.</returns>
    public TCiphertext[] Apply(ReadOnlySpan<TCiphertext> inputs) => Apply(_evaluator, inputs);

    /// <summary>With another evaluator of the same parameters, whose keys are used.</summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{TCiphertext})"/>
    public TCiphertext[] Apply(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, ReadOnlySpan<TCiphertext> inputs)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        OperandChecks.SameParameters(_evaluator.Parameters, evaluator.Parameters);
        var outputs = new TCiphertext[_parts.Length];
        for (var part = 0; part < outputs.Length; part++) outputs[part] = Apply(evaluator, inputs, part);
        return outputs;
    }

    public void Dispose()
    {
        foreach (var (transform, _) in _parts) (transform as IDisposable)?.Dispose();
    }

    private TCiphertext Apply(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, ReadOnlySpan<TCiphertext> inputs, int part)
    {
        var sum = evaluator.Transform(inputs, _parts[part].Transform);
        foreach (var step in _parts[part].Folds) sum = Fold(evaluator, sum, step);
        return sum;
    }

    private static TCiphertext Fold(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, TCiphertext sum, int step)
    {
        using (sum)
        {
            using var rotated = evaluator.Rotate(sum, step);
            return evaluator.Add(sum, rotated);
        }
    }
}
