namespace AIaaS.Models.Preprocessing;

/// <summary>How a raw feature becomes numbers. What is learned (mean, deviation, categories) comes from the training split alone.</summary>
/// <param name="Name">Of the column, and of the served model's input.</param>
public abstract record ModelInput(string Name)
{
    /// <summary>Values of one row after preprocessing.</summary>
    public abstract int Width { get; }
}

/// <summary>FP64 [N, 1]; NaN is missing and becomes the mean; then standardised.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Mean">Of the values present.</param>
/// <param name="Deviation">Standard deviation, 1 where the column is constant.</param>
public sealed record NumberInput(string Name, double Mean, double Deviation) : ModelInput(Name)
{
    public override int Width => 1;
}

/// <summary>String [N, 1]; one-hot in the order of the categories; missing ("") and unseen give zeros only.</summary>
public sealed record CategoryInput(string Name, IReadOnlyList<string> Categories) : ModelInput(Name)
{
    public override int Width => Categories.Count;
}

/// <summary>FP32 [N, length]; each element standardised.</summary>
public sealed record VectorInput(string Name, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : ModelInput(Name)
{
    public override int Width => Mean.Count;
}

/// <summary>UINT8 [N, height, width, channels]; divided by 255, standardised per channel, as [N, channels, height, width].</summary>
public sealed record ImageInput(
    string Name, int Height, int ImageWidth, int Channels, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : ModelInput(Name)
{
    public override int Width => checked(Height * ImageWidth * Channels);
}
