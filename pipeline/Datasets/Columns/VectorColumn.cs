using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Datasets.Statistics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Vectors of one length, finite 32-bit floats.</summary>
internal sealed class VectorColumn(ColumnPlan plan) : ColumnWriter(plan)
{
    private readonly int _length = plan.Schema.Shape.Aggregate(1, (product, side) => product * side);
    private readonly GrowingBuffer<float> _values = new();
    private readonly NumberStatistics _statistics = new(plan.Min, plan.Max);

    public override IArrowType Type => new FixedSizeListType(new Field("item", FloatType.Default, nullable: false), _length);

    public override int Bytes => _values.Bytes;

    public override string? Stage(in Cell cell)
    {
        if (cell.Kind != CellKind.Vector || cell.Vector.Length != _length) return "the vector is missing";
        foreach (var value in cell.Vector)
        {
            if (!float.IsFinite(value)) return $"column '{Plan.Schema.Name}': the vector holds an infinite number or NaN";
        }
        cell.Vector.CopyTo(_values.Reserve(_length));
        return null;
    }

    public override void Commit()
    {
        foreach (var value in _values.Reserve(_length)) _statistics.Add(value);
        _values.Advance(_length);
        Count++;
    }

    public override IArrowArray Build()
    {
        var items = new FloatArray(_values.ToArrow(), ArrowBuffer.Empty, _values.Count, 0, 0);
        return new FixedSizeListArray(new ArrayData(Type, _values.Count / _length, 0, 0, [ArrowBuffer.Empty], [items.Data]));
    }

    public override void Clear() => _values.Clear();

    public override ColumnReport Report() => Report(null, _statistics.Report(), []);
}
