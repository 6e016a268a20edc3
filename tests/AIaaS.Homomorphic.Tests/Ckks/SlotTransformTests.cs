using System.Numerics;
using System.Runtime.Intrinsics;
using AIaaS.Homomorphic.Ckks.Slots;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Tests.Ckks;

public sealed class SlotTransformTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(512)]
    public void ToValues_AnyCoefficients_EvaluatesAtThePowersOfThree(int slots)
    {
        foreach (var transform in All(slots))
        {
            var coefficients = Row(slots);
            var row = coefficients.ToArray();
            transform.ToValues(row);
            for (var slot = 0; slot < slots; slot++)
            {
                var expected = Evaluate(coefficients, slot);
                (Read(transform, row, slot) - expected).Magnitude.ShouldBeLessThan(1e-12 * slots, $"slot {slot} of {slots}, {transform}");
            }
        }
    }

    [Fact]
    public void AllKinds_AnyDegree_AgreeBitForBit()
    {
        for (var slots = 64; slots <= 32768; slots *= 2)
        {
            var values = Row(slots);
            var results = All(slots).Select(transform =>
            {
                var forward = values.ToArray();
                transform.ToValues(forward);
                var read = Enumerable.Range(0, slots).Select(slot => Read(transform, forward, slot)).ToArray();
                var back = new double[2 * slots];
                for (var slot = 0; slot < slots; slot++) Write(transform, back, slot, read[slot]);
                transform.ToCoefficients(back);
                var largest = transform.ScaleAndRound(back, 1L << 40);
                return (read, back, largest);
            }).ToArray();
            foreach (var (read, back, largest) in results)
            {
                read.ShouldBe(results[0].read);
                back.ShouldBe(results[0].back);
                largest.ShouldBe(results[0].largest);
                for (var j = 0; j < back.Length; j++) (back[j] / slots / (1L << 40)).ShouldBe(values[j], 1e-13 * Math.Log2(slots));
            }
        }
    }

    [Fact]
    public void ScaleAndRound_HalvesAndOverflow_RoundAwayFromZeroAndTell()
    {
        double[] values = [0.5, -0.5, 1.5, -2.5, 0.49999999999999994, -0.49999999999999994, 4503599627370497, 1e300];
        double[] expected = [1, -1, 2, -3, 0, 0, 4503599627370497, 1e300];
        foreach (var transform in All(64))
        {
            var row = new double[128];
            values.CopyTo(row, 0);
            transform.ScaleAndRound(row, 1).ShouldBe(1e300);
            row.Take(8).ShouldBe(expected);
            double.IsFinite(transform.ScaleAndRound(row, 1e300)).ShouldBeFalse();
            row[5] = double.NaN;
            transform.ScaleAndRound(row, 1).ShouldBe(double.NaN);
        }
    }

    [Fact]
    public void ToCoefficients_SealsValues_GivesSealsPlaintext()
    {
        const int slots = 512;
        var data = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "pt.bin"));
        var ring = new WordRing(AIaaS.Homomorphic.Ring.Primes.Generate(2 * slots, [40, 30, 30, 40])[0], 2 * slots);
        var seal = new double[2 * slots];
        for (var i = 0; i < seal.Length; i++) seal[i] = BitConverter.Int64BitsToDouble(BitConverter.ToInt64(data, 88 + 8 * i));
        var expected = RowIntegers.Modulo(ring, seal);
        foreach (var transform in All(slots))
        {
            var row = new double[2 * slots];
            for (var i = 0; i < slots; i++) Write(transform, row, i, new Complex(Math.Sin(0.1 * i) + 0.001 * i, Math.Cos(0.37 * i)));
            transform.ToCoefficients(row);
            transform.ScaleAndRound(row, Math.ScaleB(1, 30) / slots);
            row.Select(value => (long)value).ShouldBe(expected);
        }
    }

    private static SlotTransform[] All(int slots) =>
    [
        new SlotTransformKernel<LaneScalar, double>(slots),
        new SlotTransformKernel<Lanes256, Vector256<double>>(slots),
        new SlotTransformKernel<Lanes512, Vector512<double>>(slots),
    ];

    private static double[] Row(int slots)
    {
        var random = new Random(slots);
        return [.. Enumerable.Range(0, 2 * slots).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static Complex Read(SlotTransform transform, double[] row, int slot)
    {
        var position = transform.Positions[slot];
        var value = new Complex(row[position], row[transform.Slots + position]);
        return SlotOrder.IsConjugate(slot) ? Complex.Conjugate(value) : value;
    }

    private static void Write(SlotTransform transform, double[] row, int slot, Complex value)
    {
        var position = transform.Positions[slot];
        row[position] = value.Real;
        row[transform.Slots + position] = SlotOrder.IsConjugate(slot) ? -value.Imaginary : value.Imaginary;
    }

    /// <summary>m(zeta^(3^slot)), term by term.</summary>
    private static Complex Evaluate(double[] coefficients, int slot)
    {
        var exponent = (long)BigInteger.ModPow(3, slot, 2 * coefficients.Length);
        var sum = Complex.Zero;
        for (var j = 0; j < coefficients.Length; j++)
        {
            var (sine, cosine) = double.SinCosPi((double)(exponent * j % (2 * coefficients.Length)) / coefficients.Length);
            sum += coefficients[j] * new Complex(cosine, sine);
        }
        return sum;
    }
}
