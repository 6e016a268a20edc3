namespace AIaaS.Models.Families;

/// <summary>A network as layers: what the trainer trains and the ONNX writer writes.</summary>
/// <param name="Family">linear, mlp or cnn.</param>
/// <param name="InputShape">Of one row after preprocessing: [width], or [channels, height, width].</param>
/// <param name="Outputs">Classes, or 1 for regression.</param>
/// <param name="Layers">In order; the last one gives the logits or the value.</param>
public sealed record NetworkPlan(string Family, IReadOnlyList<int> InputShape, int Outputs, IReadOnlyList<LayerSpec> Layers)
{
    /// <summary>Weight and bias of each layer that has them, in order: "0.weight", "0.bias", "3.weight", … by position in <see cref="Layers"/>.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; } = [.. Layers.SelectMany(ParametersOf)];

    public long ParameterCount => Parameters.Sum(parameter => parameter.Count);

    private static ParameterSpec[] ParametersOf(LayerSpec layer, int index) => layer switch
    {
        DenseSpec dense =>
            [new($"{index}.weight", [dense.Outputs, dense.Inputs]), new($"{index}.bias", [dense.Outputs])],
        ConvSpec conv =>
            [new($"{index}.weight", [conv.Outputs, conv.Inputs, conv.Kernel, conv.Kernel]), new($"{index}.bias", [conv.Outputs])],
        BatchNormSpec norm =>
            [new($"{index}.weight", [norm.Channels], Initial: 1), new($"{index}.bias", [norm.Channels], Initial: 0)],
        _ => [],
    };
}

/// <param name="Name">As in PyTorch's state dictionary of a Sequential.</param>
/// <param name="Shape">Row-major.</param>
/// <param name="Initial">What every value begins as; null is at random.</param>
public sealed record ParameterSpec(string Name, IReadOnlyList<int> Shape, double? Initial = null)
{
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
