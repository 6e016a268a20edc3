using System.Buffers.Binary;
using AIaaS.Pipeline.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Makes tensors of the binary part of a body: in place, without a copy, wherever the bytes lie on a boundary of their type.</summary>
internal static class BinaryTensorReader
{
    /// <param name="request">Owns what must be copied.</param>
    /// <param name="spec">The model's input.</param>
    /// <param name="shape">Checked against the model.</param>
    /// <param name="buffer">The body.</param>
    /// <param name="start">Of the tensor in the buffer.</param>
    /// <param name="length">Bytes of the tensor; within the buffer.</param>
    public static OrtValue Read(InferenceRequest request, TensorSpec spec, long[] shape, AlignedBuffer buffer, int start, int length)
    {
        TensorShape.TryCount(shape, out var count);
        if (spec.Datatype == TensorDatatype.Bytes) return ReadStrings(spec, shape, count, buffer.Span.Slice(start, length));

        var expected = (long)count * spec.Datatype.ElementSize();
        if (expected != length) throw TensorFault.Of(spec, $"shape {TensorShape.Format(shape)} takes {expected} bytes, binary_data_size is {length}");
        var bytes = buffer.Span.Slice(start, length);
        if (spec.Datatype == TensorDatatype.Bool && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw TensorFault.Of(spec, "a BOOL byte must be 0 or 1");
        if (start % spec.Datatype.ElementSize() == 0) return Wrap(spec, shape, buffer, start, length);

        var aligned = request.Rent(length);
        bytes.CopyTo(aligned.Span);
        return Wrap(spec, shape, aligned, 0, length);
    }

    public static OrtValue Wrap(TensorSpec spec, long[] shape, AlignedBuffer buffer, int start, int length) =>
        OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, spec.Datatype.ToOnnx(), shape, buffer.Address + start, length);

    private static OrtValue ReadStrings(TensorSpec spec, long[] shape, int count, ReadOnlySpan<byte> bytes)
    {
        // Each string takes at least its four length bytes: checked before anything is allocated for the count.
        if (count > bytes.Length / sizeof(uint) || count > InferenceLimits.MaxStrings)
            throw TensorFault.Of(spec, $"shape {TensorShape.Format(shape)} has {count} strings, more than {bytes.Length} bytes can hold or {InferenceLimits.MaxStrings} allowed");
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape.ToArray());
        try
        {
            for (var index = 0; index < count; index++)
            {
                if (bytes.Length < sizeof(uint)) throw TensorFault.Of(spec, $"ends before string {index} of {count}");
                var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                bytes = bytes[sizeof(uint)..];
                if (length > bytes.Length) throw TensorFault.Of(spec, $"string {index} claims {length} bytes, {bytes.Length} are left");
                value.StringTensorSetElementAt(bytes[..(int)length], index);
                bytes = bytes[(int)length..];
            }
            if (!bytes.IsEmpty) throw TensorFault.Of(spec, $"{bytes.Length} bytes are left behind the {count} strings of the shape");
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }
}
