using AIaaS.Pipeline.Datasets.Columns;

namespace AIaaS.Pipeline.Datasets.Statistics;

/// <summary>Rows by part and class, and features that tell the label by themselves.</summary>
internal sealed class LabelTally
{
    private const int Parts = 3;
    private readonly IReadOnlyList<ColumnWriter> _features;
    private readonly ColumnWriter? _label;
    private readonly LabelLeak[] _leaks;
    private readonly long[,] _classes;

    public LabelTally(IReadOnlyList<ColumnWriter> features, ColumnWriter? label)
    {
        _features = features;
        _label = label;
        var classes = label?.Plan.Schema.Categories.Count ?? 0;
        _classes = new long[classes, Parts];
        _leaks = [.. features.Select(_ => new LabelLeak(classes))];
        for (var i = 0; i < features.Count; i++)
        {
            if (label is null || features[i].Plan.Schema.Type is not (ColumnType.Number or ColumnType.Category)) _leaks[i].Exclude();
        }
    }

    public long[] Splits { get; } = new long[Parts];

    /// <summary>Counts the staged row.</summary>
    public void Add(DatasetSplit split)
    {
        Splits[(int)split]++;
        if (_label is null) return;
        var label = _label.StagedKey;
        if (_label is CategoryColumn { StagedIndex: var index }) _classes[index, (int)split]++;
        for (var i = 0; i < _leaks.Length; i++)
        {
            if (!_leaks[i].IsExcluded) _leaks[i].Add(_features[i].StagedKey, label);
        }
    }

    /// <exception cref="Problems.PipelineException">DatasetSingleClass: rejected rows took all classes but one.</exception>
    public void CheckClasses()
    {
        if (_label is CategoryColumn && Classes().Count(c => c.Rows > 0) < 2) throw SchemaInference.SingleClass(_label.Plan.Schema.Name);
    }

    public IEnumerable<ClassReport> Classes()
    {
        if (_label is not CategoryColumn) yield break;
        var names = _label.Plan.Schema.Categories;
        for (var i = 0; i < names.Count; i++)
        {
            long train = _classes[i, 0], validation = _classes[i, 1], test = _classes[i, 2];
            yield return new ClassReport(names[i], train + validation + test, train, validation, test);
        }
    }

    /// <summary>Names of features that equal the label, or stand for it one to one.</summary>
    public IEnumerable<string> Leaks() => _features.Where((_, i) => _leaks[i].IsFound).Select(feature => feature.Plan.Schema.Name);
}
