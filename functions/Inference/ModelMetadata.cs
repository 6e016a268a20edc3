using System.Text.Json.Serialization;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Functions.Inference;

/// <summary>What the protocol says of a model.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Versions">All there are, oldest first.</param>
/// <param name="Platform">Always "onnx_onnxv1".</param>
/// <param name="Inputs">In the order of the model.</param>
/// <param name="Outputs">In the order of the model.</param>
/// <param name="HeCkks">For encrypted input; null for a model that takes none.</param>
public sealed record ModelMetadata(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs,
    [property: JsonPropertyName("he_ckks")] EncryptedMetadata? HeCkks)
{
    public static ModelMetadata Of(LoadedModel model, ModelRecord record, EncryptedMetadata? encrypted) => new(
        record.Name,
        [.. record.Versions.Select(version => version.Version.ToString())],
        "onnx_onnxv1",
        [.. model.Signature.Inputs.Select(TensorMetadata.Of)],
        [.. model.Signature.Outputs.Select(TensorMetadata.Of)],
        encrypted);
}

/// <param name="Name">Of the tensor.</param>
/// <param name="Datatype">The protocol's name.</param>
/// <param name="Shape">-1 where the size may vary.</param>
public sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<long> Shape)
{
    public static TensorMetadata Of(TensorSpec spec) => new(spec.Name, spec.Datatype.Name(), spec.Shape);
}

public sealed record ModelReadiness(string Name, bool Ready);
