using AIaaS.Homomorphic.Wire.Zstd;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>What a request and its reply take on the wire, by the sizes of the primes: a word of every coefficient of every polynomial that is sent.</summary>
/// <param name="Inputs">Ciphertexts of a request. Fresh ones are sent as one polynomial and a seed.</param>
/// <param name="Outputs">Ciphertexts of a reply: two polynomials at the lowest level.</param>
internal sealed record WireBits(int Inputs, int Outputs)
{
    // Measured, with zstd: a match costs some 4.5 bits on top of the word's own; without matches the coder of single bytes needs this.
    private const double OnTop = 4.5;
    private const double Unmatched = 57.6;

    /// <summary>Bits a coefficient.</summary>
    public double Of(ModulusBits modulus) => (Inputs * modulus.Bits.Sum(Word)) + (2 * Outputs * Word(modulus.Bits[0]));

    private static double Word(double bits) => Math.Ceiling(bits) <= ResidueStream.MaxPrimeBits ? bits + OnTop : Unmatched;
}
