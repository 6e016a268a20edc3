using System.Buffers;
using System.Text.Json;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Batch;

/// <summary>Writes predictions as JSON lines: {"line":7,"label":"spam","probabilities":[0.1,0.9]}.</summary>
internal sealed class PredictionLines : IDisposable
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, BatchJson.LineOptions);

    /// <param name="target">Gets one line per row.</param>
    /// <param name="outputs">Every output has the rows along its first dimension.</param>
    /// <param name="specs">Of the outputs, in their order.</param>
    /// <param name="lines">Of the rows in the dropped file.</param>
    /// <exception cref="PipelineException">TensorInvalid: an output does not have a row for each row asked.</exception>
    public void Write(IBufferWriter<byte> target, OnnxOutputs outputs, IReadOnlyList<TensorSpec> specs, ReadOnlySpan<long> lines)
    {
        var widths = new int[specs.Count];
        for (var index = 0; index < specs.Count; index++) widths[index] = Width(outputs[index].GetTensorTypeAndShape().Shape, specs[index], lines.Length);
        for (var row = 0; row < lines.Length; row++)
        {
            _json.Reset(target);
            _json.WriteStartObject();
            _json.WriteNumber("line"u8, lines[row]);
            for (var index = 0; index < specs.Count; index++)
            {
                _json.WritePropertyName(specs[index].JsonName);
                if (widths[index] != 1) _json.WriteStartArray();
                JsonTensorWriter.WriteElements(_json, specs[index], outputs[index], row * widths[index], widths[index]);
                if (widths[index] != 1) _json.WriteEndArray();
            }
            _json.WriteEndObject();
            _json.Flush();
            target.Write("\n"u8);
        }
    }

    public void Dispose() => _json.Dispose();

    private static int Width(long[] shape, TensorSpec spec, int rows)
    {
        if (shape is not [var first, ..] || first != rows)
        {
            throw new PipelineException(ProblemCodes.TensorInvalid,
                $"Output '{spec.Name}' has shape {TensorShape.Format(shape)} for {rows} rows: the model does not answer row by row, so it cannot be used for batches.");
        }
        var width = 1L;
        foreach (var dimension in shape.AsSpan(1)) width *= dimension;
        return (int)width;
    }
}
