using System.Globalization;
using System.Text;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Batch;

/// <summary>A BYTES input from one column; missing is the empty string.</summary>
internal sealed class TextColumn(TensorSpec spec, int column, string name) : InputColumn(spec)
{
    /// <summary>What a short text takes; long ones are bounded by the file format's own limits.</summary>
    private const int TypicalBytes = 64;

    private byte[][] _texts = [];

    public override void Dispose() => _texts = [];

    public override int RowBytes => TypicalBytes;

    public override void Allocate(int rows) => _texts = new byte[rows][];

    public override string? Set(RowReader row, int index)
    {
        var cell = row[column];
        switch (cell.Kind)
        {
            case CellKind.Missing:
                _texts[index] = [];
                return null;
            case CellKind.Untyped or CellKind.Text:
                _texts[index] = new byte[Encoding.UTF8.GetByteCount(cell.Text)];
                Encoding.UTF8.GetBytes(cell.Text, _texts[index]);
                return null;
            case CellKind.Number:
                _texts[index] = Encoding.UTF8.GetBytes(cell.Number.ToString("R", CultureInfo.InvariantCulture));
                return null;
            default:
                return $"'{name}' is no text";
        }
    }

    public override OrtValue ToTensor(int start, int count)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, Spec.Dimensions.Length <= 1 ? [count] : [count, .. Enumerable.Repeat(1L, Spec.Dimensions.Length - 1)]);
        for (var index = 0; index < count; index++)
        {
            if (_texts[start + index].Length > 0) value.StringTensorSetElementAt(_texts[start + index].AsSpan(), index);
        }
        return value;
    }
}
