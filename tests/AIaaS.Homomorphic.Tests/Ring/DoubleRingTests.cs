using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>The rings on doubles as the suite sees them. Eight lanes run in software where the processor lacks them; AVX2 is skipped there.</summary>
public abstract class DoubleRingTests : PrimeRingConformance
{
    private protected DoubleRingTests(KernelKind kind)
        : base((prime, degree) => PrimeRings.Create(prime, degree, kind), Primes.MaxFastBits, minDegree: 128) =>
        Assert.SkipUnless(kind == KernelKind.Avx512 || Kernels.IsSupported(kind), $"This processor has no {kind}.");
}

public sealed class ScalarDoubleRingTests() : DoubleRingTests(KernelKind.Scalar);

public sealed class Avx2DoubleRingTests() : DoubleRingTests(KernelKind.Avx2);

public sealed class Avx512DoubleRingTests() : DoubleRingTests(KernelKind.Avx512);
