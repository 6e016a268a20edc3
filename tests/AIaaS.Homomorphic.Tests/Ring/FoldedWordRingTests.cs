using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Tests.Ring;

public sealed class FoldedWordRingTests : PrimeRingConformance
{
    // The suite also asks for primes that do not fold; Fits_LargePrimes_AllOfSetsWithSixtyBits says which must.
    public FoldedWordRingTests()
        : base((prime, degree) => FoldedWordRing.Fits(prime, degree) ? new FoldedWordRing(prime, degree) : new WordRing(prime, degree), Primes.MaxBits, FoldedWordRing.MinDegree) =>
        Assert.SkipUnless(Kernels.IsSupported(KernelKind.Avx2), "This processor has no AVX2.");

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(32768)]
    [InlineData(65536)]
    public void Transforms_PrimesOf51To60Bits_GiveTheWordsOfThePortableRing(int degree)
    {
        for (var bits = Primes.MaxFastBits + 1; bits <= Primes.MaxBits; bits++)
        {
            var at = new RingCase((prime, n) => new WordRing(prime, n), bits, degree);
            if (!FoldedWordRing.Fits(at.Modulus, degree)) continue;
            var folded = new FoldedWordRing(at.Modulus, degree);
            foreach (var residues in (ulong[][])[at.Random(), at.Mixed(), [.. Enumerable.Repeat(at.Modulus - 1, degree)]])
            {
                var source = at.Row(residues);
                var expected = at.Empty();
                var actual = at.Empty();
                at.Ring.Forward(source, expected);
                folded.Forward(source, actual);
                Same(expected, actual).ShouldBeTrue($"forward, {at}");
                at.Ring.Inverse(source, expected);
                folded.Inverse(source, actual);
                Same(expected, actual).ShouldBeTrue($"inverse, {at}");
            }
        }
    }

    [Theory]
    [InlineData(64, 60)]
    [InlineData(128, 59)]
    [InlineData(16384, 60)]
    [InlineData(8192, 55)]
    public void Forward_AnyWords_AreTakenModuloThePrime(int degree, int bits)
    {
        var at = new RingCase((prime, n) => new FoldedWordRing(prime, n), bits, degree);
        var random = new Random(3);
        foreach (var words in (ulong[][])[[.. Enumerable.Repeat(ulong.MaxValue, degree)], [.. Enumerable.Range(0, degree).Select(_ => (ulong)random.NextInt64() << 1 | 1)]])
        {
            var expected = at.Empty();
            var actual = at.Empty();
            new WordRing(at.Modulus, degree).Forward(at.Row([.. words.Select(word => word % at.Modulus)]), expected);
            at.Ring.Forward(at.Row(words), actual);
            Same(expected, actual).ShouldBeTrue($"{at}");
        }
    }

    [Fact]
    public void Fits_SixtyBitPrimes_EightOfEveryDegree()
    {
        for (var degree = 1024; degree <= 65536; degree *= 2)
            Primes.Generate(degree, [.. Enumerable.Repeat(Primes.MaxBits, 8)]).ShouldAllBe(prime => FoldedWordRing.Fits(prime, degree), $"N = {degree}");
    }

    [Fact]
    public void Constructor_PrimeFarBelowAPowerOfTwo_IsRefused()
    {
        var prime = Enumerable.Range(1, 1000).Select(k => 3 * (1UL << 57) + 128UL * (ulong)k + 1).First(Primes.IsPrime);
        FoldedWordRing.Fits(prime, 64).ShouldBeFalse();
        Should.Throw<HomomorphicException>(() => new FoldedWordRing(prime, 64)).Message.ShouldContain(prime.ToString());
    }

    private static bool Same(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        MemoryMarshal.Cast<double, ulong>(left).SequenceEqual(MemoryMarshal.Cast<double, ulong>(right));
}
