using System.Numerics;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Tests.Ring;

public abstract partial class PrimeRingConformance
{
    [Fact]
    public void ToCanonical_AfterFromCanonical_GivesTheResiduesBack()
    {
        foreach (var at in Cases().Concat(LargeCases()))
            foreach (var residues in at.Samples())
                at.ShouldHold(at.Row(residues), i => residues[i], "canonical");
    }

    [Fact]
    public void IsZero_ZeroResidues_Holds()
    {
        foreach (var at in Cases())
        {
            var row = at.Row(new ulong[at.Degree]);
            PrimeRing.IsZero(row).ShouldBeTrue();
            at.Ring.Forward(row, row);
            PrimeRing.IsZero(row).ShouldBeTrue();
            at.Ring.Negate(row, row);
            PrimeRing.IsZero(row).ShouldBeTrue();
            var random = at.Row(at.Random());
            at.Ring.Subtract(random, random, row);
            PrimeRing.IsZero(row).ShouldBeTrue();
            PrimeRing.IsZero(random).ShouldBeFalse();
        }
    }

    [Fact]
    public void FromIntegers_AnySize_AreTheirResidues()
    {
        foreach (var at in Cases())
        {
            var random = new Random(7);
            long[] edges = [0, 1, -1, 21, -21, (long)at.Modulus, -(long)at.Modulus, (long)at.Modulus / 2, -(long)at.Modulus / 2 - 1, 1L << 52, -(1L << 53), 1L << 62, -(1L << 62)];
            var integers = Enumerable.Range(0, at.Degree).Select(i => i < edges.Length ? edges[i] : random.NextInt64(-(1L << 62), 1L << 62)).ToArray();
            var row = at.Empty();
            at.Ring.FromIntegers(integers, row);
            Transformed(at, row, i => Modular.Reduce(integers[i], at.Modulus), "integers");
            var small = integers.Select(value => value % 22).ToArray();
            at.Ring.FromIntegers(small, row);
            Transformed(at, row, i => Modular.Reduce(small[i], at.Modulus), "small integers");
        }
    }

    [Fact]
    public void FromRounded_AnySize_AreTheirResidues()
    {
        foreach (var at in Cases())
        {
            var random = new Random(8);
            double[] edges = [0, -0.0, 1, -1, 1 << 20, -(1L << 52), (1L << 53) - 1, 1L << 53, Math.ScaleB(3, 61), Math.ScaleB(-1, 63), Math.ScaleB(5, 90), Math.ScaleB(-7, 300)];
            foreach (var maxBits in (int[])[30, 49, 51, 61, 62, 70, 110, 400])
            {
                var doubles = Enumerable.Range(0, at.Degree)
                    .Select(i => maxBits == 400 && i < edges.Length ? edges[i] : Math.Round(Math.ScaleB(random.NextDouble() - 0.5, random.Next(1, maxBits))))
                    .ToArray();
                var row = at.Empty();
                at.Ring.FromRounded(doubles, row);
                Transformed(at, row, i => Modular.Reduce(new BigInteger(doubles[i]), at.Modulus), $"doubles below 2^{maxBits}");
            }
        }
    }

    [Fact]
    public void Lift_FromAnotherPrime_KeepsTheIntegersNearestZero()
    {
        var sizes = AllBits.Where(bits => bits <= _maxBits).ToArray();
        foreach (var degree in (int[])[_minDegree, 1024])
            foreach (var toBits in sizes)
                foreach (var fromBits in sizes.Append(toBits))
                    CheckLift(new RingCase(_create, fromBits, degree, index: 1), new RingCase(_create, toBits, degree));
    }

    [Fact]
    public void Lift_BetweenKindsOfRings_KeepsTheIntegersNearestZero()
    {
        static PrimeRing Words(ulong prime, int degree) => new WordRing(prime, degree);
        foreach (var degree in (int[])[_minDegree, 1024])
            foreach (var own in AllBits.Where(bits => bits <= _maxBits))
                foreach (var other in (int[])[30, 50, 51, 60])
                {
                    CheckLift(new RingCase(_create, own, degree), new RingCase(Words, other, degree, index: 1));
                    CheckLift(new RingCase(Words, other, degree, index: 1), new RingCase(_create, own, degree));
                }
    }

    private static void CheckLift(RingCase from, RingCase to)
    {
        foreach (var residues in (ulong[][])[from.Random(), from.Mixed()])
        {
            var source = from.Row(residues);
            from.Ring.Forward(source, source);
            from.Ring.Inverse(source, source);
            var lifted = to.Empty();
            var row = to.Ring.Lift(from.Ring, source, lifted) ? lifted : source;
            Transformed(to, row, i => Modular.Reduce(Modular.Centre(residues[i], from.Modulus), to.Modulus), $"lift from {from}");
        }
    }

    // What was read from integers need not be reduced before the transform has seen it.
    private static void Transformed(RingCase at, ReadOnlySpan<double> row, Func<int, ulong> expected, string what)
    {
        var copy = at.Empty();
        at.Ring.Forward(row, copy);
        at.Ring.Inverse(copy, copy);
        at.ShouldHold(copy, expected, what);
    }
}
