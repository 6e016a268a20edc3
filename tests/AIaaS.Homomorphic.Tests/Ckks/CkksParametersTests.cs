using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ckks;

public sealed class CkksParametersTests
{
    // Degree, limit of 2024, limit of 2018.
    public static TheoryData<int, int, int> Limits => new()
    {
        { 1024, 26, 27 }, { 2048, 53, 54 }, { 4096, 106, 109 }, { 8192, 214, 218 }, { 16384, 430, 438 }, { 32768, 868, 881 }, { 65536, 868, 881 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Create_AtAndAboveTheLimits_TakesTheTableAtItsWord(int degree, int limit2024, int limit2018)
    {
        CkksParameters.Create(degree, Split(limit2024)).TotalBits.ShouldBeLessThanOrEqualTo(limit2024);
        CkksParameters.Create(degree, Split(limit2018), SecurityTable.Standard2018).TotalBits.ShouldBeLessThanOrEqualTo(limit2018);
        Refused(() => CkksParameters.Create(degree, Split(limit2018)), $"allows {limit2024}");
        Refused(() => CkksParameters.Create(degree, Split(limit2018 + 1), SecurityTable.Standard2018), $"allows {limit2018}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(1000)]
    [InlineData(131072)]
    public void Create_OtherDegrees_AreRefused(int degree) => Refused(() => CkksParameters.Create(degree, [26]), degree.ToString());

    [Fact]
    public void Create_NoOrTooManyPrimes_NamesTheRange()
    {
        Refused(() => CkksParameters.Create(8192, []), "1 to 60");
        Refused(() => CkksParameters.Create(65536, [.. Enumerable.Repeat(20, 61)]), "61 primes");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(61)]
    public void Create_PrimeSizeOutOfRange_IsRefused(int bits) => Refused(() => CkksParameters.Create(8192, [bits]), "17 to 60");

    [Fact]
    public void FromPrimes_WrongNumbers_SaysWhatIsWrong()
    {
        var prime = Primes.Generate(8192, [50])[0];
        Refused(() => CkksParameters.FromPrimes(8192, [prime, prime]), "distinct");
        Refused(() => CkksParameters.FromPrimes(8192, [prime + 2]), "modulo 2N");
        Refused(() => CkksParameters.FromPrimes(8192, [prime - 16384 * 1]), prime - 16384 is var other && Primes.IsPrime(other) ? "" : "not prime");
        Refused(() => CkksParameters.FromPrimes(8192, [1]), "bits");
        Refused(() => CkksParameters.FromPrimes(8192, []), "0 primes");
    }

    [Fact]
    public void Equals_SameDegreeAndPrimes_Holds()
    {
        var one = CkksParameters.Create(8192, [50, 40, 40, 50]);
        one.ShouldBe(CkksParameters.FromPrimes(8192, [.. one.Primes], SecurityTable.Standard2018));
        one.ShouldNotBe(CkksParameters.Create(8192, [50, 40, 50]));
        one.ToString().ShouldBe("N=8192 {50,40,40,50}");
        (one.MaxLevel, one.SlotCount, one.AllowsKeySwitching, one.TotalBits).ShouldBe((2, 4096, true, 180));
    }

    // The largest primes of a size make a product of just as many bits.
    private static int[] Split(int bits)
    {
        var count = (bits + 54) / 55;
        return [.. Enumerable.Range(0, count).Select(i => bits / count + (i < bits % count ? 1 : 0))];
    }

    private static void Refused(Action action, string part) => Should.Throw<HomomorphicException>(action).Message.ShouldContain(part);
}
