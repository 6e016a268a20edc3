using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Batch;

/// <summary>A numeric input from scalars: one column for each element of a row.</summary>
internal sealed class NumberColumns(TensorSpec spec, IReadOnlyList<int> columns, IReadOnlyList<string> names) : InputColumn(spec)
{
    private AlignedBuffer? _buffer;

    public override int RowBytes => columns.Count * Spec.Datatype.ElementSize();

    public override void Allocate(int rows) => _buffer = AlignedBuffer.Rent(rows * RowBytes);

    public override string? Set(RowReader row, int index)
    {
        var target = _buffer!.Span.Slice(index * RowBytes, RowBytes);
        var size = Spec.Datatype.ElementSize();
        for (var at = 0; at < columns.Count; at++)
        {
            if (!TryRead(row[columns[at]], out var value)) return $"'{names[at]}' is no number";
            if (!ElementWriter.TryWrite(Spec.Datatype, value, target.Slice(at * size, size)))
                return double.IsNaN(value) ? $"'{names[at]}' is missing" : $"'{names[at]}' is no {Spec.Datatype.Name()}";
        }
        return null;
    }

    public override OrtValue ToTensor(int start, int count)
    {
        long[] shape = Spec.Dimensions.Length <= 1 ? [(long)count * columns.Count] : [count, .. Enumerable.Repeat(1L, Spec.Dimensions.Length - 2), columns.Count];
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, Spec.Datatype.ToOnnx(), shape, _buffer!.Address + (start * RowBytes), (long)count * RowBytes);
    }

    public override void Dispose() => _buffer?.Dispose();

    /// <summary>Missing is NaN.</summary>
    private static bool TryRead(Cell cell, out double value)
    {
        value = double.NaN;
        return cell.Kind switch
        {
            CellKind.Missing => true,
            CellKind.Number => (value = cell.Number) is var number && !double.IsInfinity(number),
            CellKind.Untyped => FastNumber.TryParse(cell.Text, out value) && !double.IsInfinity(value),
            _ => false,
        };
    }
}
