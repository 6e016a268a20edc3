using System.Text.Json;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Decodes the 'data' of a tensor: flat in row-major order, or nested exactly as its shape.</summary>
internal static class JsonTensorReader
{
    /// <param name="reader">At the first token of the data.</param>
    /// <param name="available">Bytes of JSON from there on.</param>
    /// <param name="request">Owns the memory of the tensor.</param>
    /// <param name="spec">The model's input; its datatype is the tensor's.</param>
    /// <param name="shape">Checked against the model.</param>
    public static OrtValue Read(ref Utf8JsonReader reader, long available, InferenceRequest request, TensorSpec spec, long[] shape)
    {
        TensorShape.TryCount(shape, out var count);
        // Every element takes at least two characters ("1,"): a shape that claims more than the JSON can hold allocates nothing.
        if (count > available / 2) throw Count(spec, count);
        return spec.Datatype == TensorDatatype.Bytes ? ReadStrings(ref reader, spec, shape, count) : ReadNumbers(ref reader, request, spec, shape, count);
    }

    private static OrtValue ReadNumbers(ref Utf8JsonReader reader, InferenceRequest request, TensorSpec spec, long[] shape, int count)
    {
        var bytes = (long)count * spec.Datatype.ElementSize();
        if (request.DecodedBytes + bytes > InferenceLimits.MaxDecodedBytes)
            throw TensorFault.Of(spec, $"the tensors take more than {InferenceLimits.MaxDecodedBytes} bytes; send a smaller batch");
        var buffer = request.Rent((int)bytes);
        switch (spec.Datatype)
        {
            case TensorDatatype.Bool: Numbers<bool, JsonElements.Bool>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Uint8: Numbers<byte, JsonElements.Uint8>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Uint16: Numbers<ushort, JsonElements.Uint16>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Uint32: Numbers<uint, JsonElements.Uint32>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Uint64: Numbers<ulong, JsonElements.Uint64>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Int8: Numbers<sbyte, JsonElements.Int8>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Int16: Numbers<short, JsonElements.Int16>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Int32: Numbers<int, JsonElements.Int32>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Int64: Numbers<long, JsonElements.Int64>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Fp32: Numbers<float, JsonElements.Fp32>(ref reader, spec, shape, buffer, count); break;
            case TensorDatatype.Fp64: Numbers<double, JsonElements.Fp64>(ref reader, spec, shape, buffer, count); break;
            default: throw TensorFault.Of(spec, "FP16 has no JSON form; send it as binary");
        }
        return BinaryTensorReader.Wrap(spec, shape, buffer, 0, (int)bytes);
    }

    private static void Numbers<T, TElement>(ref Utf8JsonReader reader, TensorSpec spec, long[] shape, AlignedBuffer buffer, int count)
        where T : unmanaged
        where TElement : IJsonElement<T>
    {
        new Walk<NumberSink<T, TElement>>(spec, shape, new NumberSink<T, TElement>(buffer, count)).Run(ref reader);
    }

    private static OrtValue ReadStrings(ref Utf8JsonReader reader, TensorSpec spec, long[] shape, int count)
    {
        if (count > InferenceLimits.MaxStrings) throw TensorFault.Of(spec, $"holds more than {InferenceLimits.MaxStrings} strings; send a smaller batch");
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        try
        {
            new Walk<StringSink>(spec, shape, new StringSink(value)).Run(ref reader);
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    private static Problems.PipelineException Count(TensorSpec spec, int count) =>
        TensorFault.Of(spec, $"'data' does not hold the {count} elements of the shape given");

    private struct Walk<TSink>(TensorSpec spec, long[] shape, TSink sink)
        where TSink : struct, IElementSink
    {
        private readonly long[] _shape = shape;
        private TSink _sink = sink;
        private int _written;

        public void Run(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw TensorFault.Of(spec, "'data' must be an array");
            TensorShape.TryCount(_shape, out var count);
            var next = reader;
            next.Read();
            if (next.TokenType == JsonTokenType.StartArray)
                Nested(ref reader, 0);
            else
                Flat(ref reader, count);
        }

        private void Nested(ref Utf8JsonReader reader, int level)
        {
            if (level >= _shape.Length - 1)
            {
                Flat(ref reader, _shape.Length == 0 ? 1 : (int)_shape[^1]);
                return;
            }
            for (var index = 0; index < _shape[level]; index++)
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray) throw Ragged(level);
                Nested(ref reader, level + 1);
            }
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray) throw Ragged(level);
        }

        private void Flat(ref Utf8JsonReader reader, int count)
        {
            for (var index = 0; index < count; index++)
            {
                reader.Read();
                if (_sink.TryAccept(ref reader, _written))
                {
                    _written++;
                    continue;
                }
                throw reader.TokenType is JsonTokenType.EndArray or JsonTokenType.StartArray
                    ? Ragged(_shape.Length - 1)
                    : TensorFault.Of(spec, $"element {_written} of 'data' is no finite {spec.Datatype.Name()}");
            }
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray) throw Ragged(_shape.Length - 1);
        }

        private readonly Problems.PipelineException Ragged(int level) =>
            TensorFault.Of(spec, $"'data' does not have the shape given, {TensorShape.Format(_shape)}: dimension {level} differs after {_written} elements");
    }
}
