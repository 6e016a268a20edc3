namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>What operations cost at one level, in milliseconds.</summary>
/// <param name="Decompose">The part of a rotation that hoisting does once for all rotations of an input.</param>
/// <param name="Baby">Each hoisted rotation on top.</param>
/// <param name="KeySwitch">A whole rotation or relinearization.</param>
/// <param name="MultiplyPlain">Ciphertext times plaintext, accumulated.</param>
/// <param name="Square">Without relinearization.</param>
/// <param name="Rescale">From this level to the next.</param>
public sealed record LevelCosts(double Decompose, double Baby, double KeySwitch, double MultiplyPlain, double Square, double Rescale);
