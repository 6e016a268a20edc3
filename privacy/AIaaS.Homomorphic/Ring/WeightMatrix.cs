namespace AIaaS.Homomorphic.Ring;

/// <summary>Integer weights of sums, row by row; each a whole number of at most 2^52.</summary>
/// <param name="Values">Outputs * Inputs of them.</param>
/// <param name="Inputs">Weights of one sum.</param>
/// <param name="Outputs">Sums.</param>
internal sealed record WeightMatrix(double[] Values, int Inputs, int Outputs);
