using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Writes the answer to an infer request: the JSON, and behind it the tensors asked for as binary.</summary>
public static class InferenceResponseWriter
{
    // One writer per thread: it holds no data between uses, and making one costs more than a small answer.
    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    /// <param name="model">Name of the model that answered.</param>
    /// <param name="version">Its version.</param>
    /// <param name="request">Says which outputs are wanted and how.</param>
    /// <param name="values">One for each output of <paramref name="request"/>, in its order.</param>
    /// <exception cref="Problems.PipelineException">PayloadTooLarge; InvalidRequest when an output cannot be put as JSON.</exception>
    public static InferenceResponse Write(string model, string version, InferenceRequest request, OnnxOutputs values)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(values);
        var buffer = new ResponseBuffer();
        try
        {
            var anyBinary = WriteJson(buffer, model, version, request, values);
            if (!anyBinary) return new InferenceResponse(buffer, null);
            var jsonLength = buffer.Length;
            for (var index = 0; index < values.Count; index++)
            {
                if (request.IsBinary(index)) WriteBinary(buffer, Spec(request, index), values[index]);
            }
            return new InferenceResponse(buffer, jsonLength);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static bool WriteJson(ResponseBuffer buffer, string model, string version, InferenceRequest request, OnnxOutputs values)
    {
        var json = t_json ??= new Utf8JsonWriter(buffer, ProtocolJson.WriterOptions);
        json.Reset(buffer);
        var anyBinary = false;
        try
        {
            json.WriteStartObject();
            json.WriteString("model_name"u8, model);
            json.WriteString("model_version"u8, version);
            if (request.Id is not null) json.WriteString("id"u8, request.Id);
            json.WriteStartArray("outputs"u8);
            for (var index = 0; index < values.Count; index++)
            {
                var isBinary = request.IsBinary(index);
                anyBinary |= isBinary;
                WriteOutput(json, Spec(request, index), values[index], isBinary);
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
        }
        finally
        {
            json.Reset(Stream.Null);
        }
        return anyBinary;
    }

    private static TensorSpec Spec(InferenceRequest request, int index) => request.Signature.Outputs[request.Outputs[index]];

    private static void WriteOutput(Utf8JsonWriter json, TensorSpec spec, OrtValue value, bool isBinary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, spec.JsonName);
        json.WriteString("datatype"u8, spec.Datatype.Name());
        json.WriteStartArray("shape"u8);
        var count = 1L;
        foreach (var dimension in value.GetTensorTypeAndShape().Shape)
        {
            json.WriteNumberValue(dimension);
            count *= dimension;
        }
        json.WriteEndArray();
        if (isBinary)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, BinarySize(spec, value, count));
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName("data"u8);
            JsonTensorWriter.Write(json, spec, value, (int)count);
        }
        json.WriteEndObject();
    }

    private static long BinarySize(TensorSpec spec, OrtValue value, long count)
    {
        if (spec.Datatype != TensorDatatype.Bytes) return count * spec.Datatype.ElementSize();
        var size = 0L;
        for (var index = 0; index < count; index++) size += sizeof(uint) + value.GetStringElementAsSpan(index).Length;
        return size;
    }

    private static void WriteBinary(ResponseBuffer buffer, TensorSpec spec, OrtValue value)
    {
        if (spec.Datatype != TensorDatatype.Bytes)
        {
            buffer.Write(value.GetTensorMutableRawData());
            return;
        }
        var count = (int)value.GetTensorTypeAndShape().ElementCount;
        for (var index = 0; index < count; index++)
        {
            var text = value.GetStringElementAsSpan(index);
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(sizeof(uint)), (uint)text.Length);
            buffer.Advance(sizeof(uint));
            buffer.Write(text);
        }
    }
}
