using AIaaS.Pipeline.Problems;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>The tensor datatypes of the Open Inference Protocol V2.</summary>
public enum TensorDatatype
{
    Bool,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Int8,
    Int16,
    Int32,
    Int64,
    Fp16,
    Fp32,
    Fp64,

    /// <summary>Byte strings of any length; ONNX's string type.</summary>
    Bytes,
}

/// <summary>The protocol's names of the datatypes, their sizes and their ONNX counterparts.</summary>
public static class TensorDatatypes
{
    private static readonly string[] Names =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES"];

    private static readonly int[] Sizes = [1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8, 0];

    private static readonly TensorElementType[] Onnx =
    [
        TensorElementType.Bool, TensorElementType.UInt8, TensorElementType.UInt16, TensorElementType.UInt32, TensorElementType.UInt64,
        TensorElementType.Int8, TensorElementType.Int16, TensorElementType.Int32, TensorElementType.Int64,
        TensorElementType.Float16, TensorElementType.Float, TensorElementType.Double, TensorElementType.String,
    ];

    /// <summary>As the protocol writes it: "FP32".</summary>
    public static string Name(this TensorDatatype datatype) => Names[(int)datatype];

    /// <summary>Bytes of one element; 0 for BYTES, whose elements vary.</summary>
    public static int ElementSize(this TensorDatatype datatype) => Sizes[(int)datatype];

    public static TensorElementType ToOnnx(this TensorDatatype datatype) => Onnx[(int)datatype];

    /// <exception cref="PipelineException">ModelRefused: the protocol has no such datatype (BF16, complex, 4- and 8-bit floats).</exception>
    public static TensorDatatype FromOnnx(TensorElementType type, string tensor)
    {
        var index = Array.IndexOf(Onnx, type);
        return index >= 0
            ? (TensorDatatype)index
            : throw new PipelineException(ProblemCodes.ModelRefused,
                $"Tensor '{tensor}' is of ONNX type {type}, which the inference protocol cannot carry. Cast it inside the model to one of {string.Join(", ", Names)}.");
    }

    internal static IReadOnlyList<TensorDatatype> All { get; } = Enum.GetValues<TensorDatatype>();
}
