namespace AIaaS.Cli.Models.Predict;

/// <summary>Model metadata of the Open Inference Protocol V2.</summary>
public sealed record ModelSignature(string Name, IReadOnlyList<string> Versions, IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs);

/// <param name="Name">Of the tensor.</param>
/// <param name="Datatype">FP32, UINT8, BYTES, …</param>
/// <param name="Shape">Batch first; -1 is variable.</param>
public sealed record TensorSignature(string Name, string Datatype, IReadOnlyList<long> Shape)
{
    /// <summary>Values in one sample, the batch dimension left out; null when a further dimension is variable.</summary>
    public long? SampleSize => Shape.Skip(1).Any(length => length < 0) ? null : Shape.Skip(1).Aggregate(1L, static (product, length) => product * length);
}
