using System.Numerics;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

public abstract partial class PrimeRingConformance
{
    [Fact]
    public void Forward_SmallDegree_EvaluatesAtTheOddPowersOfPsiInBitReversedOrder()
    {
        foreach (var at in Cases().Where(at => at.Degree <= 128))
            foreach (var residues in at.Samples())
            {
                var values = at.Empty();
                at.Ring.Forward(at.Row(residues), values);
                at.ShouldHold(values, i => Evaluate(at, residues, i), "forward");
            }
    }

    [Fact]
    public void Forward_LargeDegree_EvaluatesAtTheOddPowersOfPsiInBitReversedOrder()
    {
        foreach (var at in Cases().Where(at => at.Degree > 128).Concat(LargeCases()))
            foreach (var residues in at.Samples().Take(4))
            {
                var values = at.Empty();
                at.Ring.Forward(at.Row(residues), values);
                var actual = at.Read(values);
                foreach (var i in (int[])[0, 1, at.Degree / 2, at.Degree / 3, at.Degree - 1])
                    actual[i].ShouldBe(Evaluate(at, residues, i), $"forward, {at}, index {i}");
            }
    }

    [Fact]
    public void Inverse_AfterForward_GivesTheCoefficientsBack()
    {
        foreach (var at in Cases().Concat(LargeCases()))
            foreach (var residues in at.Samples().Take(4))
            {
                var row = at.Row(residues);
                var values = at.Empty();
                at.Ring.Forward(row, values);
                at.ShouldHold(row, i => residues[i], "the source of forward");
                at.Ring.Forward(row, row);
                at.Read(row).ShouldBe(at.Read(values), $"forward in place, {at}");
                var back = at.Empty();
                at.Ring.Inverse(values, back);
                at.ShouldHold(back, i => residues[i], "inverse");
                at.Ring.Inverse(row, row);
                at.ShouldHold(row, i => residues[i], "inverse in place");
            }
    }

    [Fact]
    public void Inverse_AnyValues_IsUndoneByForward()
    {
        foreach (var at in Cases().Concat(LargeCases()))
            foreach (var residues in at.Samples().Take(4))
            {
                var row = at.Row(residues);
                at.Ring.Inverse(row, row);
                at.Ring.Forward(row, row);
                at.ShouldHold(row, i => residues[i], "forward after inverse");
            }
    }

    [Fact]
    public void Multiply_BetweenTransforms_IsTheNegacyclicProduct()
    {
        foreach (var at in Cases().Where(at => at.Degree <= 128)) CheckProduct(at, Enumerable.Range(0, at.Degree));
        foreach (var at in Cases().Where(at => at.Degree > 128).Concat(LargeCases())) CheckProduct(at, [0, 1, at.Degree / 3, at.Degree / 2, at.Degree - 1]);
    }

    private static void CheckProduct(RingCase at, IEnumerable<int> indices)
    {
        foreach (var (left, right) in Pairs(at).Take(3))
        {
            var a = at.Row(left);
            var b = at.Row(right);
            at.Ring.Forward(a, a);
            at.Ring.Forward(b, b);
            at.Ring.Multiply(a, b, a);
            at.Ring.Inverse(a, a);
            var actual = at.Read(a);
            foreach (var i in indices) actual[i].ShouldBe(Negacyclic(at, left, right, i), $"product, {at}, coefficient {i}");
        }
    }

    /// <summary>a(psi^(2 bitrev(i) + 1)) by Horner's rule.</summary>
    private static ulong Evaluate(RingCase at, ulong[] coefficients, int index)
    {
        var exponent = 2 * Automorphism.Reverse(index, BitOperations.Log2((uint)at.Degree)) + 1;
        var point = Modular.Power(RootOfUnity.Smallest(at.Modulus, at.Degree), (ulong)exponent, at.Modulus);
        var value = UInt128.Zero;
        for (var j = coefficients.Length - 1; j >= 0; j--) value = (value * point + coefficients[j]) % at.Modulus;
        return (ulong)value;
    }

    /// <summary>sum_j a_j b_(i-j), where X^N = -1 turns the sign of what wraps around.</summary>
    private static ulong Negacyclic(RingCase at, ulong[] left, ulong[] right, int index)
    {
        var sum = UInt128.Zero;
        for (var j = 0; j < at.Degree; j++)
        {
            var product = (UInt128)left[j] * right[(index - j + at.Degree) % at.Degree] % at.Modulus;
            sum = (sum + (j <= index ? product : at.Modulus - product)) % at.Modulus;
        }
        return (ulong)sum;
    }
}
