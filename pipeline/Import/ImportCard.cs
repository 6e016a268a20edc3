namespace AIaaS.Pipeline.Import;

/// <summary>The model card of a version that was not trained here.</summary>
/// <param name="Model">Name.</param>
/// <param name="Origin">"import:{sha256}".</param>
/// <param name="Sha256">Of the ONNX file.</param>
/// <param name="SizeBytes">Of the ONNX file.</param>
/// <param name="IrVersion">Of the ONNX format.</param>
/// <param name="Nodes">Of the main graph.</param>
/// <param name="Initializers">Weights and constants of the main graph.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives.</param>
public sealed record ImportCard(
    string Model,
    string Origin,
    string Sha256,
    long SizeBytes,
    long IrVersion,
    int Nodes,
    int Initializers,
    IReadOnlyList<TrialTensor> Inputs,
    IReadOnlyList<TrialTensor> Outputs);
