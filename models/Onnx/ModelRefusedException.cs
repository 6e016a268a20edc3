namespace AIaaS.Models.Onnx;

/// <summary>Why an ONNX file is refused.</summary>
public enum ModelRefusal
{
    /// <summary>Not an ONNX file, truncated, or contradicting itself.</summary>
    Malformed,

    /// <summary>Larger than <see cref="OnnxLimits.Bytes"/>.</summary>
    TooLarge,

    /// <summary>More nodes, tensors, names or other parts than allowed.</summary>
    TooManyParts,

    /// <summary>Subgraphs, functions or messages nested deeper than allowed, or functions that call themselves.</summary>
    TooDeep,

    /// <summary>A tensor's dimensions are negative, overflow, or do not fit its data.</summary>
    TensorSize,

    /// <summary>Weights outside the file.</summary>
    ExternalData,

    /// <summary>Operators that ONNX Runtime does not have built in.</summary>
    CustomOperator,

    /// <summary>An IR or operator-set version that cannot be run.</summary>
    UnsupportedVersion,

    /// <summary>A cycle, a name used twice, or a name nothing defines.</summary>
    InvalidGraph,
}

/// <summary>An untrusted ONNX file was refused before anything was loaded from it.</summary>
public sealed class ModelRefusedException(ModelRefusal reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ModelRefusal Reason { get; } = reason;
}
