using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Writes a tensor as a flat JSON array in row-major order. NaN and infinities, which JSON lacks, become null.</summary>
internal static class JsonTensorWriter
{
    // The writer hands on to the bounded response buffer this often, so that a large tensor is never held twice.
    private const int FlushEvery = 4096;

    /// <exception cref="Problems.PipelineException">InvalidRequest for FP16, and for BYTES that are no UTF-8.</exception>
    public static void Write(Utf8JsonWriter json, TensorSpec spec, OrtValue value, int count)
    {
        json.WriteStartArray();
        WriteElements(json, spec, value, 0, count);
        json.WriteEndArray();
    }

    /// <summary>Some of the elements, without brackets.</summary>
    /// <exception cref="Problems.PipelineException">As for <see cref="Write"/>.</exception>
    public static void WriteElements(Utf8JsonWriter json, TensorSpec spec, OrtValue value, int start, int count)
    {
        switch (spec.Datatype)
        {
            case TensorDatatype.Bool: Each<bool>(json, value, start, count, static (writer, item) => writer.WriteBooleanValue(item)); break;
            case TensorDatatype.Uint8: Each<byte>(json, value, start, count, static (writer, item) => writer.WriteNumberValue((uint)item)); break;
            case TensorDatatype.Uint16: Each<ushort>(json, value, start, count, static (writer, item) => writer.WriteNumberValue((uint)item)); break;
            case TensorDatatype.Uint32: Each<uint>(json, value, start, count, static (writer, item) => writer.WriteNumberValue(item)); break;
            case TensorDatatype.Uint64: Each<ulong>(json, value, start, count, static (writer, item) => writer.WriteNumberValue(item)); break;
            case TensorDatatype.Int8: Each<sbyte>(json, value, start, count, static (writer, item) => writer.WriteNumberValue((int)item)); break;
            case TensorDatatype.Int16: Each<short>(json, value, start, count, static (writer, item) => writer.WriteNumberValue((int)item)); break;
            case TensorDatatype.Int32: Each<int>(json, value, start, count, static (writer, item) => writer.WriteNumberValue(item)); break;
            case TensorDatatype.Int64: Each<long>(json, value, start, count, static (writer, item) => writer.WriteNumberValue(item)); break;
            case TensorDatatype.Fp32: Each<float>(json, value, start, count, WriteFinite); break;
            case TensorDatatype.Fp64: Each<double>(json, value, start, count, WriteFinite); break;
            case TensorDatatype.Bytes: Strings(json, spec, value, start, count); break;
            default: throw InferenceRequestReader.Invalid($"Output '{spec.Name}' is FP16, which has no JSON form. Ask for it with \"binary_data\": true.");
        }
    }

    private static void Each<T>(Utf8JsonWriter json, OrtValue value, int start, int count, Action<Utf8JsonWriter, T> write)
        where T : unmanaged
    {
        var items = MemoryMarshal.Cast<byte, T>(value.GetTensorMutableRawData()).Slice(start, count);
        for (var index = 0; index < items.Length; index++)
        {
            write(json, items[index]);
            if (index % FlushEvery == FlushEvery - 1) json.Flush();
        }
    }

    private static void Strings(Utf8JsonWriter json, TensorSpec spec, OrtValue value, int start, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var text = value.GetStringElementAsSpan(start + index);
            if (!Utf8.IsValid(text)) throw InferenceRequestReader.Invalid($"Output '{spec.Name}' holds bytes that are no UTF-8. Ask for it with \"binary_data\": true.");
            json.WriteStringValue(text);
            if (index % FlushEvery == FlushEvery - 1) json.Flush();
        }
    }

    private static void WriteFinite(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void WriteFinite(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }
}
