namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>What a layer's outputs were over a data set.</summary>
/// <param name="MaxAbs">The largest absolute value.</param>
/// <param name="Rms">Root of the mean square.</param>
public sealed record MeasuredRange(double MaxAbs, double Rms);
