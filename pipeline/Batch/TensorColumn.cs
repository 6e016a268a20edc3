using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Batch;

/// <summary>An input from the images or vectors of a file.</summary>
/// <param name="spec">The model's input.</param>
/// <param name="column">Of the file.</param>
/// <param name="rowShape">One row of the tensor, as the model takes it.</param>
internal sealed class TensorColumn(TensorSpec spec, int column, IReadOnlyList<long> rowShape) : InputColumn(spec)
{
    private readonly int _elements = (int)rowShape.Aggregate(1L, static (product, size) => product * size);
    private AlignedBuffer? _buffer;

    public override int RowBytes => _elements * Spec.Datatype.ElementSize();

    public override void Allocate(int rows) => _buffer = AlignedBuffer.Rent(rows * RowBytes);

    public override string? Set(RowReader row, int index)
    {
        var cell = row[column];
        var target = _buffer!.Span.Slice(index * RowBytes, RowBytes);
        return cell.Kind switch
        {
            CellKind.Image when cell.Image.Length == _elements => SetImage(cell.Image, target),
            CellKind.Vector when cell.Vector.Length == _elements => SetVector(cell.Vector, target),
            _ => $"it does not hold {_elements} elements",
        };
    }

    public override OrtValue ToTensor(int start, int count) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, Spec.Datatype.ToOnnx(), [count, .. rowShape], _buffer!.Address + (start * RowBytes), (long)count * RowBytes);

    public override void Dispose() => _buffer?.Dispose();

    private string? SetImage(ReadOnlySpan<byte> image, Span<byte> target)
    {
        if (Spec.Datatype == TensorDatatype.Uint8)
        {
            image.CopyTo(target);
            return null;
        }
        var size = Spec.Datatype.ElementSize();
        for (var index = 0; index < image.Length; index++)
        {
            if (!ElementWriter.TryWrite(Spec.Datatype, image[index], target.Slice(index * size, size))) return $"byte {index} is no {Spec.Datatype.Name()}";
        }
        return null;
    }

    private string? SetVector(ReadOnlySpan<float> vector, Span<byte> target)
    {
        var size = Spec.Datatype.ElementSize();
        for (var index = 0; index < vector.Length; index++)
        {
            if (float.IsInfinity(vector[index]) || !ElementWriter.TryWrite(Spec.Datatype, vector[index], target.Slice(index * size, size)))
                return $"element {index} is no finite {Spec.Datatype.Name()}";
        }
        return null;
    }
}
