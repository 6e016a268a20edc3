using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using FsCheck.Xunit;

namespace AIaaS.Homomorphic.Tests.Ckks;

public sealed class CkksEncoderTests
{
    public static TheoryData<int> Degrees => ParameterSets.Degrees;

    [Theory]
    [MemberData(nameof(Degrees))]
    public void Decode_AfterEncode_GivesTheValuesBackAtEveryLevel(int degree)
    {
        var context = ParameterSets.Of(degree);
        var encoder = new CkksEncoder(context);
        var values = ParameterSets.Values(context);
        var scale = ParameterSets.Scale(context);
        for (var level = 0; level <= context.Parameters.MaxLevel; level++)
        {
            using var plaintext = encoder.Encode(values, level, scale);
            var decoded = new double[values.Length];
            encoder.Decode(plaintext, decoded);
            Worst(values, decoded).ShouldBeLessThan(RoundingError(degree, scale), $"level {level}");
            (plaintext.Level, plaintext.Scale).ShouldBe((level, scale));
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void Decode_ComplexValues_GivesThemBack(int degree)
    {
        var context = ParameterSets.Of(degree);
        var encoder = new CkksEncoder(context);
        var values = ParameterSets.Values(context, 1).Zip(ParameterSets.Values(context, 2), (re, im) => new Complex(re, im)).ToArray();
        var scale = ParameterSets.Scale(context);
        using var plaintext = encoder.Encode(values, context.Parameters.MaxLevel, scale);
        var decoded = new Complex[values.Length];
        encoder.Decode(plaintext, decoded);
        values.Zip(decoded, (a, b) => (a - b).Magnitude).Max().ShouldBeLessThan(RoundingError(degree, scale));
    }

    [Fact]
    public void Encode_Values_RoundsTheDirectFormula()
    {
        var context = ParameterSets.Of(1024);
        var encoder = new CkksEncoder(context);
        var values = ParameterSets.Values(context)[..300];
        const double scale = 1 << 18;
        using var plaintext = encoder.Encode(values, 0, scale);
        var coefficients = RowIntegers.Modulo(context.Rings[0], plaintext.Rows[0]);
        for (var j = 0; j < 1024; j++)
        {
            var sum = 0.0;
            for (int i = 0, power = 1; i < values.Length; i++, power = 3 * power % 2048)
                sum += values[i] * double.CosPi((double)((long)power * j % 2048) / 1024);
            Math.Abs(coefficients[j] - scale * 2 / 1024 * sum).ShouldBeLessThan(0.5 + 1e-6);
        }
    }

    [Fact]
    public void Encode_FewerValues_LeavesTheOtherSlotsZero()
    {
        var context = ParameterSets.Of(8192);
        var encoder = new CkksEncoder(context);
        using var plaintext = encoder.Encode([1.0, 2.0, 3.0], 1, Math.ScaleB(1, 40));
        var decoded = new double[4096];
        encoder.Decode(plaintext, decoded);
        decoded.Take(4).Select(value => Math.Round(value, 6)).ShouldBe([1, 2, 3, 0]);
        decoded.Skip(3).Max(Math.Abs).ShouldBeLessThan(1e-9);
        using var nothing = encoder.Encode(ReadOnlySpan<double>.Empty, 1, 1 << 20);
        encoder.Decode(nothing, decoded);
        decoded.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Encode_Constant_IsAConstantPolynomial()
    {
        var context = ParameterSets.Of(8192);
        var encoder = new CkksEncoder(context);
        var scale = Math.ScaleB(1, 60);
        using var plaintext = encoder.Encode(-12345.678, 2, scale);
        var coefficients = RowIntegers.Compose(context, plaintext.Rows, 2);
        coefficients[0].ShouldBe(new BigInteger(-12345.678 * scale));
        coefficients.Skip(1).ShouldAllBe(coefficient => coefficient.IsZero);
        var decoded = new double[4096];
        encoder.Decode(plaintext, decoded);
        decoded.ShouldAllBe(value => Math.Abs(value + 12345.678) < 1e-11);
    }

    [Fact]
    public void Decode_CoefficientsOfAnySize_ComposesToDoublePrecision()
    {
        var context = ParameterSets.Of(16384);
        var encoder = new CkksEncoder(context);
        foreach (var bits in (int[])[1, 30, 59, 61, 99, 101, 141, 200, 255])
        {
            using var plaintext = encoder.Encode(Math.PI, 5, Math.ScaleB(1, bits));
            var decoded = new double[1];
            encoder.Decode(plaintext, decoded);
            var exact = Math.Round(Math.PI * Math.ScaleB(1, bits)) / Math.ScaleB(1, bits);
            decoded[0].ShouldBe(exact, 2e-14, $"2^{bits}");
        }
    }

    [Fact]
    public void Encode_WithSpecial_IsTheSamePolynomialModuloThatPrime()
    {
        var context = ParameterSets.Of(8192);
        var encoder = new CkksEncoder(context);
        var values = ParameterSets.Values(context);
        var rows = encoder.Encode(values, 1, Math.ScaleB(1, 40), withSpecial: true);
        rows.Rows.ShouldBe(3);
        using var plaintext = encoder.Encode(values, 1, Math.ScaleB(1, 40));
        for (var i = 0; i < 2; i++) rows[i].SequenceEqual(plaintext.Rows[i]).ShouldBeTrue();
        RowIntegers.Modulo(context.Special, rows[2]).ShouldBe(RowIntegers.Modulo(context.Rings[0], rows[0]));
    }

    [Property(MaxTest = 60)]
    public void Encode_SumsAndScales_AreLinear(int seed, byte first, byte second)
    {
        var context = ParameterSets.Of(4096);
        var encoder = new CkksEncoder(context);
        var (a, b) = (ParameterSets.Values(context, seed), ParameterSets.Values(context, ~seed));
        var sum = a.Zip(b, (x, y) => first * x + second * y).ToArray();
        using var left = encoder.Encode(a, 1, 1 << 28);
        using var right = encoder.Encode(b, 1, 1 << 28);
        using var both = encoder.Encode(sum, 1, 1 << 28);
        var (x, y, z) = (RowIntegers.Compose(context, left.Rows, 1), RowIntegers.Compose(context, right.Rows, 1), RowIntegers.Compose(context, both.Rows, 1));
        for (var j = 0; j < z.Length; j++) BigInteger.Abs(z[j] - first * x[j] - second * y[j]).ShouldBeLessThanOrEqualTo((first + second + 1) / 2 + 1);
    }

    /// <summary>A slot sums N roundings of at most 1/2, variance 1/12 each: eight standard deviations.</summary>
    private static double RoundingError(int degree, double scale) => 8 * Math.Sqrt(degree / 12.0) / scale + 1e-13;

    private static double Worst(double[] left, double[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();
}
