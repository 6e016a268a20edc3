using System.Runtime.InteropServices;
using System.Text;
using AIaaS.Models.Preprocessing;
using AIaaS.Models.Sessions;
using AIaaS.Training.Data;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Training.Export;

/// <summary>Asks an exported model with raw rows, as a client would.</summary>
internal static class OnnxRows
{
    /// <summary>One tensor an input, in the model's order. The caller disposes them.</summary>
    public static InputTensor[] Inputs(InputLayout layout, RawChunk rows) =>
        [.. layout.Inputs.Zip(rows.Columns, (input, column) => Input(input, column, rows.Rows))];

    private static InputTensor Input(ModelInput input, RawColumn column, int rows) => (input, column) switch
    {
        (NumberInput, NumberValues numbers) =>
            InputTensor.FromBytes(TensorElementType.Double, [rows, 1], MemoryMarshal.AsBytes<double>(numbers.Values).ToArray()),
        (CategoryInput category, CategoryValues indices) =>
            InputTensor.FromUtf8Strings([rows, 1], [.. indices.Values.Select(index => Text(category, index))]),
        (VectorInput vector, VectorValues values) =>
            InputTensor.FromBytes(TensorElementType.Float, [rows, vector.Width], MemoryMarshal.AsBytes<float>(values.Values).ToArray()),
        (ImageInput image, ImageValues pixels) =>
            InputTensor.FromBytes(TensorElementType.UInt8, [rows, image.Height, image.ImageWidth, image.Channels], pixels.Values),
        _ => throw new NotSupportedException($"{column.GetType().Name} for {input.GetType().Name}"),
    };

    private static ReadOnlyMemory<byte> Text(CategoryInput category, int index) =>
        index < 0 ? ReadOnlyMemory<byte>.Empty : Encoding.UTF8.GetBytes(category.Categories[index]);
}
