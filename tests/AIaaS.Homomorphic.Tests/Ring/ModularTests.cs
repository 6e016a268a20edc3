using System.Numerics;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

public sealed class ModularTests
{
    public static TheoryData<ulong> Moduli => [786433, 1152921504606830593, 0x3ffffffffc001, 0xfffff4c001];

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Arithmetic_AnyResidues_EqualsBigIntegers(ulong p)
    {
        var random = new Random(1);
        var residues = Enumerable.Range(0, 200).Select(_ => (ulong)random.NextInt64((long)p)).Concat((ulong[])[0, 1, p - 1, p / 2]).ToArray();
        foreach (var (a, b) in residues.Zip(Enumerable.Reverse(residues)))
        {
            ((BigInteger)Modular.Add(a, b, p)).ShouldBe(((BigInteger)a + b) % p);
            ((BigInteger)Modular.Subtract(a, b, p)).ShouldBe(((BigInteger)a - b + p) % p);
            ((BigInteger)Modular.Negate(a, p)).ShouldBe((p - (BigInteger)a) % p);
            ((BigInteger)Modular.Multiply(a, b, p)).ShouldBe((BigInteger)a * b % p);
            ((BigInteger)Modular.Power(a, b, p)).ShouldBe(BigInteger.ModPow(a, b, p));
            if (a != 0) Modular.Multiply(a, Modular.Inverse(a, p), p).ShouldBe(1UL);
            Modular.Reduce(Modular.Centre(a, p), p).ShouldBe(a);
            Math.Abs(Modular.Centre(a, p)).ShouldBeLessThanOrEqualTo((long)(p / 2));
        }
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Reduce_SignedIntegers_GivesTheCanonicalResidue(ulong p)
    {
        foreach (var value in (long[])[0, 1, -1, long.MaxValue, long.MinValue, (long)p, -(long)p, -(long)p - 1])
        {
            var expected = ((value % (BigInteger)p) + p) % p;
            ((BigInteger)Modular.Reduce(value, p)).ShouldBe(expected);
            ((BigInteger)Modular.Reduce((BigInteger)value, p)).ShouldBe(expected);
        }
        Modular.Reduce(BigInteger.Pow(-3, 501), p).ShouldBe(Modular.Negate(Modular.Power(3, 501, p), p));
    }
}
