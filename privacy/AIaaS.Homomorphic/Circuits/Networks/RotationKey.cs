namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A Galois key that a plan needs.</summary>
/// <param name="Steps">To the left.</param>
/// <param name="Level">The highest level it is used at: a key for this level is enough.</param>
public sealed record RotationKey(int Steps, int Level);
