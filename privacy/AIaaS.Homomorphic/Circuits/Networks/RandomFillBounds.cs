namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>How large the random fill of a reply may be.</summary>
/// <remarks>
/// Independent values, uniform in [-B, B], in the slots make coefficients that are nearly Gaussian with deviation B / sqrt(3 N) (the constant
/// one sqrt 2 times that). Twelve deviations stay below half the modulus less the results: beyond with probability below 2^-45 a reply.
/// Each slot's hidden value v is then within |v| / 2B of independent of what is seen, in statistical distance.
/// </remarks>
internal static class RandomFillBounds
{
    private const double Deviations = 12;

    /// <param name="degree">N.</param>
    /// <param name="modulusBits">log2 of the reply's modulus.</param>
    /// <param name="scaleBits">log2 of the reply's scale.</param>
    /// <param name="maxAbs">Of the results and of what is hidden.</param>
    /// <returns>B; not positive where there is no room.</returns>
    public static double Amplitude(int degree, double modulusBits, double scaleBits, double maxAbs) =>
        (Math.Pow(2, modulusBits - 1 - scaleBits) - maxAbs) * Math.Sqrt(3.0 * degree) / Deviations;

    public static double HidingBits(double amplitude, double maxAbs) => amplitude > 0 ? Math.Log2(2 * amplitude / maxAbs) : double.NegativeInfinity;
}
