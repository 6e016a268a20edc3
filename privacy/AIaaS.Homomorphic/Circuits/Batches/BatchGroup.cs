namespace AIaaS.Homomorphic.Circuits.Batches;

/// <summary>Outputs of a layer that read the same elements: all of a dense layer, the maps at one position of a convolution.</summary>
/// <param name="Elements">What they read.</param>
/// <param name="Outputs">Which they are.</param>
/// <param name="Rows">Per output a weight per element.</param>
/// <param name="Biases">Per output.</param>
public sealed record BatchGroup(int[] Elements, int[] Outputs, double[][] Rows, double[] Biases);
