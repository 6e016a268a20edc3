using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>The sizes of a candidate's primes, before the primes themselves are looked for.</summary>
internal sealed class ModulusBits
{
    private readonly double[] _keySwitch;
    private readonly double[] _upTo;

    /// <param name="degree">N.</param>
    /// <param name="bits">log2 of the data primes.</param>
    /// <param name="special">log2 of the special prime; infinite where there is none.</param>
    public ModulusBits(int degree, IReadOnlyList<double> bits, double special)
    {
        (Degree, Bits, Special) = (degree, bits, special);
        _upTo = new double[bits.Count];
        _keySwitch = new double[bits.Count];
        var rounding = NoiseModel.Division(degree);
        var (total, digits) = (0.0, 0.0);
        for (var level = 0; level < bits.Count; level++)
        {
            total += bits[level];
            digits += Math.Pow(4, bits[level] - special) / 12;
            _upTo[level] = total;
            _keySwitch[level] = Math.Sqrt(NoiseModel.ErrorDeviation * NoiseModel.ErrorDeviation * degree * degree * digits + rounding * rounding);
        }
    }

    public int Degree { get; }

    public IReadOnlyList<double> Bits { get; }

    public double Special { get; }

    /// <summary>log2 of a level's modulus.</summary>
    public double UpTo(int level) => _upTo[level];

    public double KeySwitch(int level) => _keySwitch[level];

    public static ModulusBits Of(CkksParameters parameters) => new(
        parameters.Degree,
        [.. parameters.Primes.Take(parameters.DataPrimeCount).Select(prime => Math.Log2(prime))],
        parameters.AllowsKeySwitching ? Math.Log2(parameters.Primes[^1]) : double.PositiveInfinity);
}
