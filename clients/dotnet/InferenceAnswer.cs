namespace AIaaS.Client;

/// <summary>What a model answered.</summary>
/// <param name="Model">Its name.</param>
/// <param name="ModelVersion">That answered.</param>
/// <param name="Outputs">In the model's order.</param>
public sealed record InferenceAnswer(string Model, string ModelVersion, IReadOnlyList<InferenceTensor> Outputs)
{
    /// <exception cref="KeyNotFoundException">There is no output of that name.</exception>
    public InferenceTensor this[string name] => Outputs.FirstOrDefault(output => output.Name == name)
        ?? throw new KeyNotFoundException($"The model has no output '{name}'; its outputs are {string.Join(", ", Outputs.Select(output => output.Name))}.");
}
