using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Models.Sessions;

/// <summary>A tensor over the caller's memory, not copied. The memory must not change until this is disposed.</summary>
public sealed class InputTensor : IDisposable
{
    private MemoryHandle _pin;

    private InputTensor(OrtValue value, MemoryHandle pin)
    {
        Value = value;
        _pin = pin;
    }

    public OrtValue Value { get; }

    /// <param name="type">Any type of fixed size; strings have <see cref="FromUtf8Strings"/>.</param>
    /// <param name="shape">Sizes, none negative. The array is kept: do not change it.</param>
    /// <param name="data">Little-endian elements in row-major order; its length must be that of the shape.</param>
    /// <exception cref="ArgumentException">The length does not fit the shape.</exception>
    public static InputTensor FromBytes(TensorElementType type, long[] shape, ReadOnlyMemory<byte> data)
    {
        var expected = Elements(shape) * ElementSize(type);
        if (expected != data.Length)
            throw new ArgumentException($"The shape needs {expected} bytes, the data has {data.Length}.", nameof(data));
        var pin = data.Pin();
        try
        {
            unsafe
            {
                return new InputTensor(
                    OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)pin.Pointer, data.Length), pin);
            }
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <param name="shape">Sizes, none negative.</param>
    /// <param name="values">UTF-8, one an element in row-major order. Copied.</param>
    /// <exception cref="ArgumentException">The count does not fit the shape.</exception>
    public static InputTensor FromUtf8Strings(long[] shape, IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        var expected = Elements(shape);
        if (expected != values.Count)
            throw new ArgumentException($"The shape needs {expected} strings, there are {values.Count}.", nameof(values));
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        try
        {
            for (var i = 0; i < values.Count; i++)
                if (!values[i].IsEmpty) value.StringTensorSetElementAt(values[i].Span, i);
            return new InputTensor(value, default);
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of one element; 0 for strings and types that have none of their own (below 8 bits).</summary>
    public static int ElementSize(TensorElementType type) => type switch
    {
        TensorElementType.Bool or TensorElementType.Int8 or TensorElementType.UInt8 => 1,
        TensorElementType.Int16 or TensorElementType.UInt16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Int32 or TensorElementType.UInt32 or TensorElementType.Float => 4,
        TensorElementType.Int64 or TensorElementType.UInt64 or TensorElementType.Double => 8,
        _ => 0,
    };

    public void Dispose()
    {
        Value.Dispose();
        _pin.Dispose();
        _pin = default;
    }

    private static long Elements(long[] shape)
    {
        long elements = 1;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            elements = checked(elements * size);
        }
        return elements;
    }
}
