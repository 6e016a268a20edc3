namespace AIaaS.Models.Families;

/// <summary>One layer of a network, without weights.</summary>
public abstract record LayerSpec;

/// <summary>y = x Wᵀ + b; W is [Outputs, Inputs], b is [Outputs].</summary>
public sealed record DenseSpec(int Inputs, int Outputs) : LayerSpec;

/// <summary>Convolution with zero padding; W is [Outputs, Inputs, Kernel, Kernel].</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Rows and columns.</param>
public sealed record ConvSpec(int Inputs, int Outputs, int Kernel) : LayerSpec
{
    public int Stride { get; init; } = 1;

    /// <summary>On every side; by default so much that with stride 1 and an odd kernel height and width stay.</summary>
    public int Padding { get; init; } = Kernel / 2;
}

public sealed record ReluSpec : LayerSpec;

/// <summary>x².</summary>
public sealed record SquareSpec : LayerSpec;

/// <summary>
/// Ioffe and Szegedy, "Batch normalization" (ICML 2015): (x - mean) / √(variance + ε) · weight + bias per channel, or per value of a vector.
/// In training only; the export multiplies it into the layer before.
/// </summary>
public sealed record BatchNormSpec(int Channels) : LayerSpec
{
    public const double Epsilon = 1e-5;
}

/// <summary>Maximum over Size x Size windows with stride Size; a rest at the edges is dropped.</summary>
public sealed record MaxPoolSpec(int Size) : LayerSpec;

/// <summary>[N, C, H, W] to [N, C·H·W].</summary>
public sealed record FlattenSpec : LayerSpec;

/// <summary>In training only.</summary>
/// <param name="Rate">Share of values set to zero.</param>
public sealed record DropoutSpec(double Rate) : LayerSpec;
