using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;

namespace AIaaS.Models.Onnx.Export;

/// <summary>All that a served model is made of.</summary>
/// <param name="Layout">Inputs and their preprocessing.</param>
/// <param name="Plan">Layers.</param>
/// <param name="Weights">By <see cref="ParameterSpec.Name"/>, row-major.</param>
/// <param name="Head">What the outputs mean.</param>
/// <param name="Metadata">Written as metadata_props, sorted by name: dataset digest, family and the like.</param>
public sealed record TrainedNetwork(
    InputLayout Layout,
    NetworkPlan Plan,
    IReadOnlyDictionary<string, float[]> Weights,
    ModelHead Head,
    IReadOnlyDictionary<string, string> Metadata);
