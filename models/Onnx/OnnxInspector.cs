using AIaaS.Models.Onnx.Inspection;

namespace AIaaS.Models.Onnx;

/// <summary>The safety check of an untrusted ONNX file, before ONNX Runtime sees it.</summary>
/// <remarks>
/// It reads the protobuf wire format itself, so that every limit holds before memory is taken. What it cannot know is
/// how much work and memory the operators will take: load a file that passed for the first time in a child process.
/// </remarks>
public static class OnnxInspector
{
    /// <param name="file">The whole file.</param>
    /// <param name="limits"><see cref="OnnxLimits.Default"/> when null.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="ModelRefusedException">Says why; the text is fit for users and holds no more of the file than a cut name.</exception>
    public static OnnxSummary Inspect(ReadOnlySpan<byte> file, OnnxLimits? limits = null)
    {
        limits ??= OnnxLimits.Default;
        if (file.Length > limits.Bytes)
            throw new ModelRefusedException(ModelRefusal.TooLarge, $"It has {file.Length} bytes; at most {limits.Bytes} are allowed.");
        if (file.IsEmpty)
            throw new ModelRefusedException(ModelRefusal.Malformed, "The file is empty.");

        var model = new OutlineReader(new Budget(limits)).ReadModel(file);
        if (model.Graph is null)
            throw new ModelRefusedException(ModelRefusal.Malformed, "The file is not an ONNX model: it has no graph.");
        if (model.Graph.Outputs.Count == 0)
            throw new ModelRefusedException(ModelRefusal.InvalidGraph, "Its graph has no outputs.");
        OperatorCheck.Check(model, limits);
        GraphCheck.Check(model.Graph, []);
        foreach (var function in model.Functions) GraphCheck.Check(function.Body, []);
        return new OnnxSummary(model.IrVersion, model.Graph.Nodes.Count, model.Graph.Initializers.Count, model.Functions.Count);
    }
}

/// <param name="IrVersion">Of the ONNX format.</param>
/// <param name="Nodes">Of the main graph.</param>
/// <param name="Initializers">Weights and constants of the main graph.</param>
/// <param name="Functions">Defined in the file.</param>
public sealed record OnnxSummary(long IrVersion, int Nodes, int Initializers, int Functions);
