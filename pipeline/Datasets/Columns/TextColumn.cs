using System.Text;
using AIaaS.Pipeline.Datasets.Rows;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>UTF-8 texts; missing is null.</summary>
internal sealed class TextColumn(ColumnPlan plan, DatasetLimits limits) : ColumnWriter(plan)
{
    private readonly GrowingBuffer<byte> _bytes = new();
    private readonly GrowingBuffer<int> _offsets = new();
    private readonly Validity _validity = new();
    private readonly string _tooLong = $"column '{plan.Schema.Name}': the text is longer than {limits.MaxCellBytes} bytes";
    private int _staged;
    private bool _isThere;

    public override IArrowType Type => StringType.Default;

    public override int Bytes => _bytes.Bytes + _offsets.Bytes;

    public override string? Stage(in Cell cell)
    {
        _staged = 0;
        _isThere = cell.Kind is CellKind.Untyped or CellKind.Text or CellKind.Number;
        if (!_isThere) return null;
        var text = cell.Kind == CellKind.Number ? NumberText.Write(cell.Number, stackalloc char[NumberText.MaxLength]) : cell.Text;
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > limits.MaxCellBytes) return _tooLong;
        _staged = Encoding.UTF8.GetBytes(text, _bytes.Reserve(length));
        return null;
    }

    public override void Commit()
    {
        _offsets.Add(_bytes.Count);
        _bytes.Advance(_staged);
        _validity.Add(_isThere);
        if (_isThere) Count++;
        else Missing++;
    }

    public override IArrowArray Build()
    {
        var rows = _offsets.Count;
        _offsets.Add(_bytes.Count);
        return new StringArray(rows, _offsets.ToArrow(), _bytes.ToArrow(), _validity.ToArrow(), _validity.Missing, 0);
    }

    public override void Clear()
    {
        _bytes.Clear();
        _offsets.Clear();
        _validity.Clear();
    }

    public override ColumnReport Report() => Report(Plan.Distinct, null, []);
}
