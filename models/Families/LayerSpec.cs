namespace AIaaS.Models.Families;

/// <summary>One layer of a network, without weights.</summary>
public abstract record LayerSpec;

/// <summary>y = x Wᵀ + b; W is [Outputs, Inputs], b is [Outputs].</summary>
public sealed record DenseSpec(int Inputs, int Outputs) : LayerSpec;

/// <summary>Convolution with stride 1 and zero padding that keeps height and width; W is [Outputs, Inputs, Kernel, Kernel].</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Odd.</param>
public sealed record ConvSpec(int Inputs, int Outputs, int Kernel) : LayerSpec;

public sealed record ReluSpec : LayerSpec;

/// <summary>Maximum over Size x Size windows with stride Size; a rest at the edges is dropped.</summary>
public sealed record MaxPoolSpec(int Size) : LayerSpec;

/// <summary>[N, C, H, W] to [N, C·H·W].</summary>
public sealed record FlattenSpec : LayerSpec;

/// <summary>In training only.</summary>
/// <param name="Rate">Share of values set to zero.</param>
public sealed record DropoutSpec(double Rate) : LayerSpec;
