using AIaaS.Models.Preprocessing;

namespace AIaaS.Models.Onnx.Export;

/// <summary>Names of the served outputs.</summary>
public static class OutputNames
{
    /// <returns>label and probabilities, or value; with "predicted_" before the name that a column has already.</returns>
    public static IReadOnlyList<string> Of(InputLayout layout, ModelHead head)
    {
        string[] names = head is ClassificationHead ? ["label", "probabilities"] : ["value"];
        return [.. names.Select(name =>
        {
            while (layout.Inputs.Any(input => input.Name == name)) name = "predicted_" + name;
            return name;
        })];
    }
}
