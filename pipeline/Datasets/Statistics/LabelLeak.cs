namespace AIaaS.Pipeline.Datasets.Statistics;

/// <summary>Watches whether one feature tells the label: each of its values goes with one label, and each label with one value.</summary>
internal sealed class LabelLeak(int classes)
{
    /// <summary>Rows before a coincidence is worth a warning.</summary>
    private const int MinRows = 20;

    private readonly Dictionary<double, double> _labels = [];
    private readonly Dictionary<double, double> _values = [];
    private long _rows;

    public bool IsExcluded { get; private set; }

    /// <summary>Meaningful after the last row.</summary>
    public bool IsFound => !IsExcluded && _rows >= MinRows && _labels.Count > 1;

    /// <param name="value">The number, or the category's index.</param>
    /// <param name="label">The number, or the class's index.</param>
    public void Add(double value, double label)
    {
        if (IsExcluded) return;
        _rows++;
        if (classes == 0)
        {
            // Regression: only equality can be told in bounded memory.
            IsExcluded = value != label;
            if (_labels.Count < 2) _labels[value] = label;
            return;
        }
        if (!Goes(_labels, value, label) || !Goes(_values, label, value) || _labels.Count > classes) Exclude();
    }

    public void Exclude()
    {
        IsExcluded = true;
        _labels.Clear();
        _values.Clear();
    }

    private static bool Goes(Dictionary<double, double> map, double key, double value)
    {
        if (map.TryGetValue(key, out var known)) return known == value;
        map.Add(key, value);
        return true;
    }
}
