namespace AIaaS.Models.Preprocessing;

/// <summary>All inputs of a model, and the order in which their values stand in a preprocessed row.</summary>
/// <remarks>An image stands alone. Otherwise: all numbers, then the categories, then the vectors, each in file order.</remarks>
public sealed class InputLayout
{
    /// <exception cref="ArgumentException">No input, or an image beside other inputs.</exception>
    public InputLayout(IReadOnlyList<ModelInput> inputs)
    {
        Inputs = inputs;
        Numbers = [.. inputs.OfType<NumberInput>()];
        Categories = [.. inputs.OfType<CategoryInput>()];
        Vectors = [.. inputs.OfType<VectorInput>()];
        Image = inputs.OfType<ImageInput>().FirstOrDefault();
        if (inputs.Count == 0)
            throw new ArgumentException("The dataset has no feature that a model can use.", nameof(inputs));
        if (inputs.Any(input => input.Name.Length == 0) || inputs.DistinctBy(input => input.Name, StringComparer.Ordinal).Count() < inputs.Count)
            throw new ArgumentException("Every column needs a name of its own.", nameof(inputs));
        if (Image is not null && inputs.Count > 1)
            throw new ArgumentException("A dataset with images cannot have other features beside them.", nameof(inputs));
        Width = inputs.Aggregate(0, (sum, input) => checked(sum + input.Width));
    }

    /// <summary>In file order: the order of the served model's inputs.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    public IReadOnlyList<NumberInput> Numbers { get; }

    public IReadOnlyList<CategoryInput> Categories { get; }

    public IReadOnlyList<VectorInput> Vectors { get; }

    public ImageInput? Image { get; }

    public int Width { get; }

    /// <summary>Of one preprocessed row: [width], or [channels, height, width].</summary>
    public IReadOnlyList<int> RowShape => Image is { } image ? [image.Channels, image.Height, image.ImageWidth] : [Width];
}
