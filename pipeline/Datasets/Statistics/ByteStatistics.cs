namespace AIaaS.Pipeline.Datasets.Statistics;

/// <summary>Statistics of bytes, exact, from how often each of the 256 occurs.</summary>
internal sealed class ByteStatistics
{
    private readonly long[] _counts = new long[256];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) _counts[value]++;
    }

    /// <returns>Null when there was no value.</returns>
    public NumberReport? Report()
    {
        var count = _counts.Sum();
        if (count == 0) return null;
        var mean = _counts.Select((n, value) => (double)n * value).Sum() / count;
        var variance = _counts.Select((n, value) => n * (value - mean) * (value - mean)).Sum() / count;
        var bins = new long[NumberStatistics.Bins];
        for (var value = 0; value < 256; value++) bins[value * NumberStatistics.Bins / 256] += _counts[value];
        return new NumberReport(Array.FindIndex(_counts, n => n > 0), Array.FindLastIndex(_counts, n => n > 0), mean, Math.Sqrt(variance), new HistogramReport(0, 256, bins));
    }
}
