using AIaaS.Pipeline.Datasets.Rows;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Indices into the schema's categories; missing is null.</summary>
internal sealed class CategoryColumn : ColumnWriter
{
    private const int TopValues = 10;
    private const int NoIndex = -1;

    private readonly GrowingBuffer<int> _values = new();
    private readonly Validity _validity = new();
    private readonly long[] _counts;
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> _numbers = [];
    private readonly string _noNumber;
    private readonly string _nonFinite;
    private readonly string _unknown;
    private int _staged = NoIndex;

    public CategoryColumn(ColumnPlan plan)
        : base(plan)
    {
        var categories = plan.Schema.Categories;
        _counts = new long[categories.Count];
        for (var i = 0; i < categories.Count; i++)
        {
            _texts.Add(categories[i], i);
            if (plan.AreNumbers && FastNumber.TryParse(categories[i], out var number)) _numbers.Add(number, i);
        }
        _noNumber = $"column '{plan.Schema.Name}': a number was expected";
        _nonFinite = $"column '{plan.Schema.Name}': the number is infinite or NaN";
        _unknown = $"column '{plan.Schema.Name}': the value is none of the categories";
    }

    public override IArrowType Type => Int32Type.Default;

    public override int Bytes => _values.Bytes;

    public override double StagedKey => _staged == NoIndex ? double.NaN : _staged;

    /// <summary>Index of the staged category; -1 when missing.</summary>
    public int StagedIndex => _staged;

    /// <summary>Committed rows by category.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public override string? Stage(in Cell cell)
    {
        _staged = NoIndex;
        if (cell.Kind == CellKind.Missing) return null;
        if (cell.Kind is not (CellKind.Untyped or CellKind.Text or CellKind.Number)) return _unknown;
        if (Plan.AreNumbers) return StageNumber(cell);
        var text = cell.Kind == CellKind.Number ? NumberText.Write(cell.Number, stackalloc char[NumberText.MaxLength]) : cell.Text;
        return _texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out _staged) ? null : Unknown(_unknown);
    }

    public override void Commit()
    {
        var isThere = _staged != NoIndex;
        _values.Add(isThere ? _staged : 0);
        _validity.Add(isThere);
        if (isThere)
        {
            Count++;
            _counts[_staged]++;
        }
        else
        {
            Missing++;
        }
    }

    public override IArrowArray Build() => new Int32Array(_values.ToArrow(), _validity.ToArrow(), _values.Count, _validity.Missing, 0);

    public override void Clear()
    {
        _values.Clear();
        _validity.Clear();
    }

    public override ColumnReport Report() => Report(_counts.Count(count => count > 0), null,
        [.. _counts.Select((count, i) => new TopValue(Plan.Schema.Categories[i], count)).Where(top => top.Count > 0)
            .OrderByDescending(top => top.Count).ThenBy(top => top.Value, StringComparer.Ordinal).Take(TopValues)]);

    private string? StageNumber(in Cell cell)
    {
        var number = cell.Number;
        if (cell.Kind != CellKind.Number && !FastNumber.TryParse(cell.Text, out number)) return _noNumber;
        if (!double.IsFinite(number)) return _nonFinite;
        return _numbers.TryGetValue(number, out _staged) ? null : Unknown(_unknown);
    }

    private string Unknown(string fault)
    {
        _staged = NoIndex;
        return fault;
    }
}
