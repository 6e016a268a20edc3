using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Datasets.Statistics;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>Images of one size, H x W x C bytes each.</summary>
internal sealed class ImageColumn(ColumnPlan plan) : ColumnWriter(plan)
{
    private readonly int _length = plan.Schema.Shape.Aggregate(1, (product, side) => product * side);
    private readonly GrowingBuffer<byte> _bytes = new();
    private readonly ByteStatistics _statistics = new();

    public override IArrowType Type => new FixedSizeBinaryType(_length);

    public override int Bytes => _bytes.Bytes;

    public override string? Stage(in Cell cell)
    {
        if (cell.Kind != CellKind.Image || cell.Image.Length != _length) return "the image is missing";
        cell.Image.CopyTo(_bytes.Reserve(_length));
        return null;
    }

    public override void Commit()
    {
        _statistics.Add(_bytes.Reserve(_length));
        _bytes.Advance(_length);
        Count++;
    }

    public override IArrowArray Build() => new FixedSizeBinaryArray(
        new ArrayData(Type, _bytes.Count / _length, 0, 0, [ArrowBuffer.Empty, _bytes.ToArrow()]));

    public override void Clear() => _bytes.Clear();

    public override ColumnReport Report() => Report(null, _statistics.Report(), []);
}
