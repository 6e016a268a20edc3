namespace AIaaS.Homomorphic.Circuits.Polynomials;

/// <summary>A real polynomial in one of two bases.</summary>
public sealed class Polynomial
{
    private readonly double[] _coefficients;

    /// <param name="basis">Of the coefficients.</param>
    /// <param name="coefficients">From degree 0; zeros at the high end are dropped.</param>
    /// <exception cref="HomomorphicException">A coefficient is not finite, or there is none.</exception>
    public Polynomial(PolynomialBasis basis, ReadOnlySpan<double> coefficients)
    {
        foreach (var coefficient in coefficients)
            if (!double.IsFinite(coefficient)) throw new HomomorphicException($"A polynomial's coefficients are finite numbers, not {coefficient}.");
        var length = coefficients.LastIndexOfAnyExcept(0.0) + 1;
        if (coefficients.Length == 0) throw new HomomorphicException("A polynomial has at least one coefficient.");
        Basis = basis;
        _coefficients = coefficients[..Math.Max(1, length)].ToArray();
    }

    public PolynomialBasis Basis { get; }

    public ReadOnlySpan<double> Coefficients => _coefficients;

    public int Degree => _coefficients.Length - 1;

    /// <summary>Levels that an evaluation takes: ceil(log2(degree + 1)), the least possible.</summary>
    public int Depth => System.Numerics.BitOperations.Log2((uint)Degree) + (Degree > 0 ? 1 : 0);

    public double this[int index] => _coefficients[index];

    /// <summary>Horner's or Clenshaw's scheme.</summary>
    public double Evaluate(double x)
    {
        var (next, last) = (0.0, 0.0);
        for (var i = Degree; i > 0; i--)
            (next, last) = Basis == PolynomialBasis.Power ? (next * x + _coefficients[i], 0) : (2 * x * next - last + _coefficients[i], next);
        return next * x - last + _coefficients[0];
    }

    /// <summary>The polynomial that agrees with a function at the Chebyshev nodes: nearly the best uniform approximation on [-1, 1].</summary>
    public static Polynomial Interpolate(Func<double, double> function, int degree)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (degree is < 0 or > 4096) throw new HomomorphicException($"A degree is from 0 to 4096, not {degree}.");
        var count = degree + 1;
        var values = Enumerable.Range(0, count).Select(k => function(Math.Cos(Math.PI * (k + 0.5) / count))).ToArray();
        var coefficients = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < count; k++) coefficients[i] += values[k] * Math.Cos(Math.PI * i * (k + 0.5) / count);
            coefficients[i] *= (i == 0 ? 1.0 : 2.0) / count;
        }
        return new Polynomial(PolynomialBasis.Chebyshev, coefficients);
    }

    /// <summary>With smaller coefficients left out: they would be encoded as zero.</summary>
    internal Polynomial Without(double below) => new(Basis, Array.ConvertAll(_coefficients, coefficient => Math.Abs(coefficient) < below ? 0 : coefficient));

    /// <summary>this = Quotient * b_n + Remainder, b_n the basis polynomial of degree n, for n up to the degree and above half of it.</summary>
    internal (Polynomial Quotient, Polynomial Remainder) Split(int n)
    {
        var quotient = _coefficients[n..];
        var remainder = _coefficients[..n];
        for (var i = 1; Basis == PolynomialBasis.Chebyshev && i < quotient.Length; i++)
        {
            // T_(n+i) = 2 T_n T_i - T_(n-i).
            remainder[n - i] -= quotient[i];
            quotient[i] *= 2;
        }
        return (new Polynomial(Basis, quotient), new Polynomial(Basis, remainder));
    }
}
