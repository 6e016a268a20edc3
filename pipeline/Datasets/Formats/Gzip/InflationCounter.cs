using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Gzip;

/// <summary>Counts what really comes out of one archive, whatever any header declares.</summary>
/// <param name="name">For the error.</param>
/// <param name="storedBytes">Size of the whole archive, for the ratio.</param>
/// <param name="limits">The bounds.</param>
internal sealed class InflationCounter(string name, long storedBytes, DatasetLimits limits)
{
    private long _inflated;

    /// <exception cref="PipelineException">DatasetTooLarge: a bomb, or too large to take.</exception>
    public void Add(long bytes)
    {
        _inflated += bytes;
        Check(name, _inflated, storedBytes, limits);
    }

    /// <exception cref="PipelineException">DatasetTooLarge.</exception>
    public static void Check(string name, long inflated, long stored, DatasetLimits limits)
    {
        if (inflated > limits.MaxInflatedBytes)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{name} inflates to more than {limits.MaxInflatedBytes} bytes.");
        if (inflated > limits.InflationRatioFloor && inflated / limits.MaxInflationRatio > stored)
        {
            throw new PipelineException(ProblemCodes.DatasetTooLarge,
                $"{name} inflates to more than {limits.MaxInflationRatio} times its size, as archives made to exhaust a service do; drop its files uncompressed.");
        }
    }
}
