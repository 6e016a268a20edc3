namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Chosen scales and prime sizes, as powers of two.</summary>
/// <param name="InputBits">log2 of the scale that inputs are encrypted at.</param>
/// <param name="WeightBits">Per linear layer, of its plaintexts.</param>
/// <param name="Modulus">Prime sizes.</param>
/// <param name="Error">Predicted standard deviation of an output.</param>
/// <param name="HidingBits">How far the random fill of the reply exceeds what it hides, in bits a slot.</param>
internal sealed record ScalePlan(int InputBits, IReadOnlyList<int> WeightBits, ModulusBits Modulus, double Error, double HidingBits);
