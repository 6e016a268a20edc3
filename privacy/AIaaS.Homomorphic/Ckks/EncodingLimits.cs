namespace AIaaS.Homomorphic.Ckks;

/// <summary>What can be encoded at all. Messages name places and limits, never the values, which are somebody's secret.</summary>
internal static class EncodingLimits
{
    public static void Check(CkksContext context, int count, int level, double scale)
    {
        OperandChecks.SlotCount(context.Parameters, count);
        OperandChecks.Scale(context.Parameters, scale, level);
    }

    /// <param name="context">Whose primes.</param>
    /// <param name="largest">The largest magnitude of a rounded coefficient; infinite or NaN after an overflow.</param>
    /// <param name="level">Level.</param>
    /// <param name="scale">For the message.</param>
    public static void CheckMagnitude(CkksContext context, double largest, int level, double scale)
    {
        // Half the product of the primes, less a little for the rounding of the product itself.
        var limit = 0.5 - Math.ScaleB(1, -45);
        for (var i = 0; i <= level; i++) limit *= context.Parameters.Primes[i];
        if (!(largest <= limit))
            throw new HomomorphicException(
                $"The values times the scale 2^{Math.Log2(scale):F1} do not fit level {level}, whose primes hold magnitudes up to 2^{Math.Log2(limit):F1}. Take smaller values, a smaller scale or a higher level.");
    }

    public static HomomorphicException NotFinite(int index) => new($"The value at index {index} is not a finite number.");

    public static int FirstNotFinite(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i])) return i;
        return -1;
    }
}
