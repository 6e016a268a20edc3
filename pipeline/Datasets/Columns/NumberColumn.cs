using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Datasets.Statistics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Doubles; missing is null.</summary>
internal sealed class NumberColumn(ColumnPlan plan) : ColumnWriter(plan)
{
    private readonly GrowingBuffer<double> _values = new();
    private readonly Validity _validity = new();
    private readonly NumberStatistics _statistics = new(plan.Min, plan.Max);
    private readonly string _noNumber = $"column '{plan.Schema.Name}': a number was expected";
    private readonly string _nonFinite = $"column '{plan.Schema.Name}': the number is infinite or NaN";
    private double _staged;

    public override IArrowType Type => DoubleType.Default;

    public override int Bytes => _values.Bytes;

    public override double StagedKey => _staged;

    public override string? Stage(in Cell cell)
    {
        _staged = double.NaN;
        switch (cell.Kind)
        {
            case CellKind.Missing:
                return null;
            case CellKind.Number:
                _staged = cell.Number;
                break;
            case CellKind.Untyped or CellKind.Text:
                if (!FastNumber.TryParse(cell.Text, out _staged)) return _noNumber;
                break;
            default:
                return _noNumber;
        }
        return double.IsFinite(_staged) ? null : _nonFinite;
    }

    public override void Commit()
    {
        var isThere = !double.IsNaN(_staged);
        _values.Add(isThere ? _staged : 0);
        _validity.Add(isThere);
        if (isThere)
        {
            Count++;
            _statistics.Add(_staged);
        }
        else
        {
            Missing++;
        }
    }

    public override IArrowArray Build() => new DoubleArray(_values.ToArrow(), _validity.ToArrow(), _values.Count, _validity.Missing, 0);

    public override void Clear()
    {
        _values.Clear();
        _validity.Clear();
    }

    public override ColumnReport Report() => Report(Plan.Distinct, _statistics.Report(), []);
}
