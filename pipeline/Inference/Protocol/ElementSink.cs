using System.Text.Json;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Takes the elements of a tensor one by one from JSON.</summary>
internal interface IElementSink
{
    /// <returns>False when the token is no value of the tensor's datatype.</returns>
    bool TryAccept(ref Utf8JsonReader reader, int index);
}

/// <summary>Writes straight into the tensor's memory.</summary>
internal readonly unsafe struct NumberSink<T, TElement>(AlignedBuffer buffer, int count) : IElementSink
    where T : unmanaged
    where TElement : IJsonElement<T>
{
    private readonly T* _target = (T*)buffer.Address;

    public bool TryAccept(ref Utf8JsonReader reader, int index) => TElement.TryRead(ref reader, out new Span<T>(_target, count)[index]);
}

/// <summary>BYTES: the UTF-8 bytes of the JSON strings.</summary>
internal readonly struct StringSink(OrtValue value) : IElementSink
{
    public bool TryAccept(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.String) return false;
        if (!reader.ValueIsEscaped)
        {
            value.StringTensorSetElementAt(reader.ValueSpan, index);
            return true;
        }
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            value.StringTensorSetElementAt(buffer.AsSpan(0, reader.CopyString(buffer)), index);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        return true;
    }
}
