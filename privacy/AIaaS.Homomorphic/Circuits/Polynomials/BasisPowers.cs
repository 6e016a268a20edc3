using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Polynomials;

/// <summary>The basis polynomials of one ciphertext, each made when first asked for, at depth ceil(log2 i).</summary>
internal sealed class BasisPowers<TCiphertext, TPlaintext, TTransform> : IDisposable
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    private readonly IEvaluator<TCiphertext, TPlaintext, TTransform> _evaluator;
    private readonly PolynomialBasis _basis;
    private readonly TCiphertext _input;
    private readonly Dictionary<int, TCiphertext> _powers = [];

    public BasisPowers(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, PolynomialBasis basis, TCiphertext input)
    {
        (_evaluator, _basis, _input) = (evaluator, basis, input);
    }

    public TCiphertext this[int index]
    {
        get
        {
            if (index == 1) return _input;
            if (!_powers.TryGetValue(index, out var power)) _powers[index] = power = Make(index);
            return power;
        }
    }

    /// <summary>The basis polynomial at a lower level; the caller disposes of it.</summary>
    public TCiphertext At(int index, int level) => _evaluator.SwitchLevel(this[index], level);

    public void Dispose()
    {
        foreach (var power in _powers.Values) power.Dispose();
    }

    private TCiphertext Make(int index)
    {
        var (high, low) = ((index + 1) / 2, index / 2);
        var level = Math.Min(this[high].Level, this[low].Level);
        using var left = At(high, level);
        using var right = At(low, level);
        using var product = high == low ? _evaluator.Square(left) : _evaluator.Multiply(left, right);
        using var two = _evaluator.Relinearize(product);
        if (_basis == PolynomialBasis.Power) return _evaluator.Rescale(two);
        using var twice = _evaluator.Add(two, two);
        using var corrected = Correct(twice, high - low);
        return _evaluator.Rescale(corrected);
    }

    // T_(a+b) = 2 T_a T_b - T_(a-b), and a - b is 0 or 1 here.
    private TCiphertext Correct(TCiphertext twice, int difference)
    {
        if (difference == 0)
        {
            var one = _evaluator.Encode(1, twice.Level, twice.Scale);
            using (one as IDisposable) return _evaluator.Subtract(twice, one);
        }
        using var input = At(1, twice.Level);
        var factor = _evaluator.Encode(1, twice.Level, twice.Scale / input.Scale);
        using (factor as IDisposable)
        {
            using var raised = _evaluator.Multiply(input, factor);
            return _evaluator.Subtract(twice, raised);
        }
    }
}
