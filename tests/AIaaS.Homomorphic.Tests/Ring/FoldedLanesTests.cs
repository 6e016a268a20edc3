using System.Numerics;
using System.Runtime.Intrinsics;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>The bounds that the lazy transforms rest on, at the ends of every range, for the primes that fold worst.</summary>
public sealed class FoldedLanesTests
{
    private static readonly BigInteger Unit = BigInteger.One << 62;

    private static readonly ulong[] Words =
    [
        0, 1, uint.MaxValue, 1UL << 32, (1UL << 60) - 1, 1UL << 60, (1UL << 61) - 1, 1UL << 61, (1UL << 63) - 1, 1UL << 63,
        0x7fffffff_ffffffff, 0xffffffff_00000000, 0xfffffffe_ffffffff, ulong.MaxValue,
    ];

    public FoldedLanesTests() => Assert.SkipUnless(Kernels.IsSupported(KernelKind.Avx2), "This processor has no AVX2.");

    public static TheoryData<ulong> Moduli => [0xffffffffffe8001, 0xffffffffffd8001, Worst(60), Worst(59), Worst(55), Worst(52)];

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Multiply_AnyWordAndFactor_IsTheProductWithinItsBound(ulong p)
    {
        var lanes = new FoldedLanes(p);
        // Factors of which one part, or a part of the shifted one, is largest.
        var shift = Modular.Inverse((1UL << 32) % p, p);
        ulong[] factors = [0, 1, p - 1, (1UL << 29) - 1, (p >> 29 << 29) - 1, Modular.Multiply(p - 1, shift, p), Modular.Multiply((p >> 29 << 29) - 1, shift, p), .. Random(p, 50)];
        foreach (var factor in factors)
            foreach (var word in Words.Concat(Random(ulong.MaxValue, 20)))
            {
                var expected = (BigInteger)word * factor % p;
                var lazy = lanes.Multiply(Vector256.Create(word), FoldedFactor.Of(factor, p))[3];
                ((BigInteger)lazy % p).ShouldBe(expected);
                ((BigInteger)lazy * 100).ShouldBeLessThan(157 * Unit);
                var close = lanes.MultiplyClosely(Vector256.Create(word), FoldedFactor.Of(factor, p))[3];
                ((BigInteger)close % p).ShouldBe(expected);
                ((BigInteger)close * 100).ShouldBeLessThan(57 * Unit);
            }
        ((BigInteger)lanes.Multiple[0] % p).ShouldBe(0);
        ((BigInteger)lanes.Multiple[0] * 100).ShouldBeGreaterThan(174 * Unit);
        ((BigInteger)lanes.Multiple[0] * 4).ShouldBeLessThan(7 * Unit);
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Reduce_AnyWord_IsItsResidue(ulong p)
    {
        var lanes = new FoldedLanes(p);
        foreach (var word in Words.Concat([p - 1, p, p + 1, 2 * p - 1, 2 * p, 15 * p, 15 * p - 1]).Concat(Random(ulong.MaxValue, 100)))
        {
            lanes.Reduce(Vector256.Create(word))[1].ShouldBe(word % p);
            var folded = lanes.Fold(Vector256.Create(word))[1];
            (folded % p).ShouldBe(word % p);
            folded.ShouldBeLessThan((1UL << 60) + (1UL << 29));
        }
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Reduce_PartialSums_IsTheirResidue(ulong p)
    {
        var lanes = new FoldedLanes(p);
        ulong[] ends = [0, 1, (1UL << 30) - 1, 1UL << 30, (1UL << 63) - 1];
        foreach (var low in ends)
            foreach (var middle in ends.Append(ulong.MaxValue - (1UL << 34)))
                foreach (var high in ends.Concat(Random(1UL << 63, 10)))
                    ((BigInteger)lanes.Reduce(Vector256.Create(low), Vector256.Create(middle), Vector256.Create(high))[2])
                        .ShouldBe((low + ((BigInteger)middle << 30) + ((BigInteger)high << 60)) % p);
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void PartialSums_MostTermsOfLargestResidues_DoNotOverflow(ulong p)
    {
        var largest = Vector256.Create(p - 1);
        var sums = PartialSums.Of(largest);
        var (low, high) = PartialSums.Split(largest);
        for (var term = 0; term < PartialSums.Limit; term++) sums.Add(low, high, largest);
        ((BigInteger)sums.Reduce(new FoldedLanes(p))[0]).ShouldBe((PartialSums.Limit * BigInteger.Pow(p - 1, 2) + p - 1) % p);
    }

    /// <summary>The least prime of this size that still folds.</summary>
    private static ulong Worst(int bits)
    {
        var candidate = (1UL << bits) - (1UL << (FoldedLanes.FoldBits - (60 - bits))) + 1;
        while (!Primes.IsPrime(candidate) || !FoldedLanes.Fits(candidate)) candidate += 2;
        return candidate;
    }

    private static ulong[] Random(ulong limit, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong)(random.NextDouble() * limit) ^ (ulong)random.Next()).Where(value => value < limit)];
    }
}
