using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Ring;

/// <summary>Chooses the kernels of a prime once, by its size and by what the processor can do.</summary>
internal static class PrimeRings
{
    public static PrimeRing Create(ulong modulus, int degree) => new WordRing(modulus, degree);
}
