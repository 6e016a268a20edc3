namespace AIaaS.Training.Data;

/// <summary>Mean and population standard deviation in one pass: Welford, "Note on a method…" (Technometrics 1962), with weights.</summary>
internal struct Moments
{
    private long _count;
    private double _mean, _squares;

    public readonly double Mean => _mean;

    /// <summary>1 where all values are the same, so that it can be divided by.</summary>
    public readonly double Deviation => _count > 0 && _squares > 0 ? Math.Sqrt(_squares / _count) : 1;

    public void Add(double value, long times = 1)
    {
        if (times == 0) return;
        _count += times;
        var distance = value - _mean;
        _mean += distance * times / _count;
        _squares += distance * (value - _mean) * times;
    }
}
