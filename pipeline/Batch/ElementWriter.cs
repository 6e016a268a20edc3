using System.Numerics;
using System.Runtime.InteropServices;
using AIaaS.Pipeline.Inference.Tensors;

namespace AIaaS.Pipeline.Batch;

/// <summary>Puts a number into a tensor, where the datatype has it: whole numbers in range for the integers, NaN for the floats only.</summary>
internal static class ElementWriter
{
    public static bool TryWrite(TensorDatatype datatype, double value, Span<byte> target) => datatype switch
    {
        TensorDatatype.Fp64 => Put(target, value),
        TensorDatatype.Fp32 => (double.IsNaN(value) || Math.Abs(value) <= float.MaxValue) && Put(target, (float)value),
        TensorDatatype.Fp16 => (double.IsNaN(value) || Math.Abs(value) <= (double)Half.MaxValue) && Put(target, (Half)value),
        TensorDatatype.Bool => value is 0 or 1 && Put(target, (byte)value),
        TensorDatatype.Uint8 => Whole<byte>(target, value),
        TensorDatatype.Uint16 => Whole<ushort>(target, value),
        TensorDatatype.Uint32 => Whole<uint>(target, value),
        TensorDatatype.Uint64 => Whole<ulong>(target, value),
        TensorDatatype.Int8 => Whole<sbyte>(target, value),
        TensorDatatype.Int16 => Whole<short>(target, value),
        TensorDatatype.Int32 => Whole<int>(target, value),
        TensorDatatype.Int64 => Whole<long>(target, value),
        _ => false,
    };

    private static bool Whole<T>(Span<byte> target, double value)
        where T : unmanaged, IBinaryInteger<T>
    {
        // Saturation turns what does not fit into another number; NaN into zero.
        var whole = T.CreateSaturating(value);
        return double.CreateSaturating(whole).Equals(value) && Put(target, whole);
    }

    private static bool Put<T>(Span<byte> target, T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(target, in value);
        return true;
    }
}
