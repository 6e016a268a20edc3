using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>Against the lists that SEAL 4.4.3 prints.</summary>
public sealed class PrimesTests
{
    public static TheoryData<int, int[], ulong[]> SealLists => new()
    {
        { 8192, [50, 40, 40, 50], [0x3fffffffcc001, 0xfffff4c001, 0xfffffdc001, 0x3ffffffffc001] },
        { 8192, [46, 40, 40, 40, 46], [0x3ffffff70001, 0xfffff3c001, 0xfffff4c001, 0xfffffdc001, 0x3ffffff84001] },
        { 8192, [60, 40, 40, 60], [0xffffffffffe8001, 0xfffff4c001, 0xfffffdc001, 0xfffffffffffc001] },
        { 16384, [60, 40, 40, 40, 40, 40, 60], [0xffffffffffd8001, 0xffffaf8001, 0xffffb20001, 0xffffc40001, 0xffffca8001, 0xffffe80001, 0xffffffffffe8001] },
        { 16384, [50, 40, 40, 50], [0x3ffffffd48001, 0xffffca8001, 0xffffe80001, 0x3ffffffdf0001] },
    };

    [Theory]
    [MemberData(nameof(SealLists))]
    public void Generate_SealsArguments_GivesSealsPrimes(int degree, int[] bits, ulong[] expected) =>
        Primes.Generate(degree, bits).ShouldBe(expected);

    [Fact]
    public void IsPrime_SmallNumbers_AgreesWithTrialDivision()
    {
        for (var n = 0UL; n < 5000; n++)
            Primes.IsPrime(n).ShouldBe(n > 1 && Enumerable.Range(2, (int)Math.Sqrt(n)).TakeWhile(d => (ulong)d * (ulong)d <= n).All(d => n % (ulong)d != 0), n.ToString());
    }

    [Theory]
    [InlineData(3215031751UL)] // strong pseudoprime to 2, 3, 5 and 7
    [InlineData(3825123056546413051UL)] // to the first nine primes
    [InlineData(1152921504606846975UL)]
    public void IsPrime_Pseudoprimes_AreRefused(ulong composite) => Primes.IsPrime(composite).ShouldBeFalse();

    [Theory]
    [InlineData(16)]
    [InlineData(61)]
    public void Generate_SizeOutOfRange_NamesTheRange(int bits) =>
        Should.Throw<HomomorphicException>(() => Primes.Generate(1024, [bits])).Message.ShouldContain("17 to 60");

    [Fact]
    public void Generate_TooManyOfASize_SaysHowManyThereAre() =>
        Should.Throw<HomomorphicException>(() => Primes.Generate(65536, [20, 20, 20])).Message.ShouldContain("Take more bits");

    [Theory]
    [InlineData(1024, 40)]
    [InlineData(2048, 50)]
    [InlineData(8192, 60)]
    public void Smallest_AllPrimitiveRoots_IsTheLeast(int degree, int bits)
    {
        var p = Primes.Generate(degree, [bits])[0];
        var root = RootOfUnity.Smallest(p, degree);
        Modular.Power(root, (ulong)degree, p).ShouldBe(p - 1);
        for (var power = 1UL; power < 2UL * (ulong)degree; power += 2)
            Modular.Power(root, power, p).ShouldBeGreaterThanOrEqualTo(root);
    }

    [Fact]
    public void Smallest_ModulusOfAnotherDegree_IsRefused() =>
        Should.Throw<HomomorphicException>(() => RootOfUnity.Smallest(786433, 1 << 18)).Message.ShouldContain("786433");
}
