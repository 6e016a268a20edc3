namespace AIaaS.Pipeline.Datasets.Statistics;

/// <summary>Mean and deviation by Welford's method (Technometrics 1962), range, and a histogram over a range known beforehand.</summary>
internal sealed class NumberStatistics
{
    public const int Bins = 20;

    private readonly long[] _histogram = new long[Bins];
    private readonly double _from;
    private readonly double _to;
    private readonly double _scale;
    private long _count;
    private double _mean;
    private double _squares;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <param name="from">Smallest value of the first pass, which also saw rows that are rejected now.</param>
    /// <param name="to">Largest value of the first pass.</param>
    public NumberStatistics(double from, double to)
    {
        _from = double.IsFinite(from) ? from : 0;
        _to = double.IsFinite(to) ? to : 0;
        var width = _to - _from;
        _scale = width > 0 && double.IsFinite(width) ? Bins / width : 0;
    }

    public void Add(double value)
    {
        _count++;
        var delta = value - _mean;
        _mean += delta / _count;
        _squares += delta * (value - _mean);
        if (value < _min) _min = value;
        if (value > _max) _max = value;
        _histogram[Math.Clamp((int)((value - _from) * _scale), 0, Bins - 1)]++;
    }

    /// <returns>Null when there was no value.</returns>
    public NumberReport? Report() => _count == 0
        ? null
        : new NumberReport(_min, _max, Finite(_mean), Finite(Math.Sqrt(Math.Max(0, _squares) / _count)), new HistogramReport(_from, _to, [.. _histogram]));

    // Sums of numbers near the largest double overflow; JSON has no infinity.
    private static double Finite(double value) => double.IsFinite(value) ? value : double.MaxValue;
}
