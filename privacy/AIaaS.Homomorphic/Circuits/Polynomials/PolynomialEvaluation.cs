using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Polynomials;

/// <summary>One evaluation: the recursion and its basis polynomials.</summary>
internal sealed class PolynomialEvaluation<TCiphertext, TPlaintext, TTransform>(
    IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, PolynomialBasis basis, TCiphertext input, int small) : IDisposable
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    private readonly BasisPowers<TCiphertext, TPlaintext, TTransform> _powers = new(evaluator, basis, input);

    // Constants are encoded at about the size of a prime; what is less than a few units there is noise, and zero would be refused.
    private readonly double _negligible = 8.0 / evaluator.Parameters.Primes.Take(evaluator.Parameters.DataPrimeCount).Min();

    public void Dispose() => _powers.Dispose();

    /// <returns>The polynomial at a level and scale, rescaled.</returns>
    public TCiphertext Run(Polynomial polynomial, int level, double scale) => Rescaled(polynomial.Without(_negligible), level, scale, leading: true);

    private TCiphertext Rescaled(Polynomial polynomial, int level, double scale, bool leading)
    {
        using var pending = Pending(polynomial, level + 1, scale * evaluator.Parameters.Primes[level + 1], leading)
            ?? throw new HomomorphicException("The polynomial is constant but for coefficients below the precision of the primes: encode its value.");
        using var two = evaluator.Relinearize(pending);
        return evaluator.Rescale(two);
    }

    /// <summary>Null for a constant; what is returned may have three polynomials and is to be rescaled.</summary>
    private TCiphertext? Pending(Polynomial polynomial, int level, double scale, bool leading)
    {
        if (polynomial.Degree == 0) return null;
        if (polynomial.Degree < (leading ? 2 : small)) return Terms(polynomial, level, scale);

        var n = 1 << BitOperations.Log2((uint)polynomial.Degree);
        var (quotient, remainder) = polynomial.Split(n);
        (quotient, remainder) = (quotient.Without(_negligible), remainder.Without(_negligible));
        using var product = Product(quotient, n, level, scale, leading);
        using var rest = Pending(remainder, level, scale, leading: false);
        if (rest is not null) return evaluator.Add(product, rest);
        return WithConstant(product, remainder[0]);
    }

    private TCiphertext Product(Polynomial quotient, int n, int level, double scale, bool leading)
    {
        using var giant = _powers.At(n, level);
        if (quotient.Degree == 0)
        {
            var constant = evaluator.Encode(quotient[0], level, scale / giant.Scale);
            using (constant as IDisposable) return evaluator.Multiply(giant, constant);
        }
        using var factor = Rescaled(quotient, level, scale / giant.Scale, leading);
        return evaluator.Multiply(factor, giant);
    }

    private TCiphertext Terms(Polynomial polynomial, int level, double scale)
    {
        TCiphertext? sum = null;
        for (var i = 1; i <= polynomial.Degree; i++)
        {
            if (polynomial[i] == 0) continue;
            using var power = _powers.At(i, level);
            var constant = evaluator.Encode(polynomial[i], level, scale / power.Scale);
            using (constant as IDisposable)
            {
                var term = evaluator.Multiply(power, constant);
                if (sum is null)
                {
                    sum = term;
                    continue;
                }
                using (term)
                using (var before = sum) sum = evaluator.Add(before, term);
            }
        }
        using (sum) return WithConstant(sum!, polynomial[0]);
    }

    private TCiphertext WithConstant(TCiphertext value, double constant)
    {
        var plaintext = evaluator.Encode(constant, value.Level, value.Scale);
        using (plaintext as IDisposable) return evaluator.Add(value, plaintext);
    }
}
