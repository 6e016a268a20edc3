using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Models.Sessions;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">As in the ONNX file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">-1 where the size is free (the batch, as a rule the first).</param>
public sealed record TensorInfo(string Name, TensorElementType Type, IReadOnlyList<long> Shape);
