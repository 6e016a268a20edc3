namespace AIaaS.Homomorphic.Ckks;

/// <summary>How far operations move the slots: standard deviations of the complex error, absolute, before the division by the scale.</summary>
/// <remarks>
/// The usual heuristic: coefficients of an error are independent, so a slot's error has sqrt(N) times a coefficient's standard deviation.
/// Ternary secret with E|s_i|^2 = 2/3, encryption error of standard deviation 3.2. The real part alone has 1/sqrt(2) of it.
/// After Cheon, Kim, Kim, Song, "Homomorphic encryption for arithmetic of approximate numbers", 2017, lemmas 1 to 4, with variances instead of bounds.
/// </remarks>
public static class NoiseModel
{
    /// <summary>Standard deviation of an encryption's error, per coefficient.</summary>
    public const double ErrorDeviation = 3.2;

    /// <summary>Symmetric encryption.</summary>
    public static double Fresh(int degree) => ErrorDeviation * Math.Sqrt(degree);

    /// <summary>Rounding to integer coefficients when encoding. It reaches every slot, also those that hold zero.</summary>
    public static double Encoding(int degree) => Math.Sqrt(degree / 12.0);

    /// <summary>Rounding of every polynomial in a division by a prime; a third one's meets the square of the secret, whose slots are as large as N.</summary>
    public static double Division(int degree, int polynomials = 2)
    {
        var secret = 2.0 * degree / 3;
        // The fourth moment of a complex Gaussian is twice the squared variance.
        return Math.Sqrt(degree / 12.0 * (1 + secret + (polynomials > 2 ? 2 * secret * secret : 0)));
    }

    /// <summary>Rotation or relinearization: digits times key errors, divided by the special prime, and that division's rounding.</summary>
    /// <exception cref="HomomorphicException">The parameters have no special prime.</exception>
    public static double KeySwitch(CkksParameters parameters, int level)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        OperandChecks.Level(parameters, level);
        OperandChecks.KeySwitching(parameters);
        var variance = 0.0;
        for (var i = 0; i <= level; i++)
        {
            var ratio = (double)parameters.Primes[i] / parameters.Primes[^1];
            variance += ratio * ratio / 12;
        }
        var digits = ErrorDeviation * parameters.Degree * Math.Sqrt(variance);
        var rounding = Division(parameters.Degree);
        return Math.Sqrt(digits * digits + rounding * rounding);
    }
}
