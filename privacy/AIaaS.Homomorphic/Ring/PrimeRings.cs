using System.Runtime.Intrinsics;
using AIaaS.Homomorphic.Ring.Doubles;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Ring;

/// <summary>Chooses the kernels of a prime once, by its size and by what the processor can do.</summary>
internal static class PrimeRings
{
    /// <summary>Below this the vector passes have nothing to work on; only tests go there.</summary>
    private const int MinVectorDegree = 64;

    public static PrimeRing Create(ulong modulus, int degree) => Create(modulus, degree, Kernels.Best);

    /// <summary>Primes above 50 bits always get words, four at a time where that can be.</summary>
    public static PrimeRing Create(ulong modulus, int degree, KernelKind kind)
    {
        if (modulus >= 1UL << Primes.MaxFastBits && kind >= KernelKind.Avx2 && FoldedWordRing.Fits(modulus, degree)) return new FoldedWordRing(modulus, degree);
        if (modulus >= 1UL << Primes.MaxFastBits || degree < MinVectorDegree) kind = KernelKind.Words;
        return kind switch
        {
            KernelKind.Avx512 => new DoubleRing<Vector512<double>, Lanes512>(modulus, degree),
            KernelKind.Avx2 => new DoubleRing<Vector256<double>, Lanes256>(modulus, degree),
            KernelKind.Scalar => new DoubleRing<double, Lane1>(modulus, degree),
            _ => new WordRing(modulus, degree),
        };
    }
}
