using AIaaS.Homomorphic.Wire.Zstd;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>What a request and its reply take on the wire, by the sizes of the primes: a word of every coefficient of every polynomial that is sent.</summary>
/// <param name="Inputs">Ciphertexts of a request. Fresh ones are sent as one polynomial and a seed.</param>
/// <param name="Outputs">Ciphertexts of a reply: two polynomials at the lowest level.</param>
internal sealed record WireBits(int Inputs, int Outputs)
{
    // Measured, with zstd: a match costs some 4.5 bits on top of the word's own; the coder of single bytes needs these, up to 47 bits and beyond.
    private const double OnTop = 4.5;
    private static readonly double[] s_unmatched = [54, 54.4, 56, 57.6];

    /// <summary>Bits a coefficient. One large prime keeps a whole object from being matched.</summary>
    public double Of(ModulusBits modulus)
    {
        var matched = modulus.Bits.All(Fits);
        return (Inputs * modulus.Bits.Sum(bits => Word(bits, matched))) + (2 * Outputs * Word(modulus.Bits[0], Fits(modulus.Bits[0])));
    }

    /// <summary>A request of several ciphertexts is far larger than its reply, and what a smaller first prime saves is not worth as much precision.</summary>
    public double ErrorAllowed(double factor) => Inputs == 1 ? factor : Math.Sqrt(factor);

    private static bool Fits(double bits) => Math.Ceiling(bits) <= ResidueStream.MaxPrimeBits;

    private static double Word(double bits, bool matched) =>
        matched ? bits + OnTop : s_unmatched[Math.Clamp((int)Math.Ceiling(bits) - ResidueStream.MaxPrimeBits, 0, s_unmatched.Length - 1)];
}
