using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

public sealed class CkksEncoderRefusalTests
{
    private static readonly CkksEncoder Encoder = new(ParameterSets.Of(8192));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Encode_LevelOutOfRange_NamesTheLevels(int level) => Refused(() => Encoder.Encode([1.0], level, 1024), "0 to 2");

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Encode_ScaleNotPositive_IsRefused(double scale) => Refused(() => Encoder.Encode(1.0, 0, scale), "scale");

    [Fact]
    public void Encode_ScaleAboveTheModulus_NamesBoth() => Refused(() => Encoder.Encode([0.0], 0, Math.ScaleB(1, 60)), "2^60.0", "level 0");

    [Fact]
    public void Encode_TooManyValues_NamesBothCounts() => Refused(() => Encoder.Encode(new double[4097], 0, 1024), "4097", "4096");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Encode_NotFinite_NamesTheIndex(double value)
    {
        Refused(() => Encoder.Encode([1, 2, value], 0, 1024), "index 2");
        Refused(() => Encoder.Encode([Complex.One, new Complex(0, value)], 0, 1024), "index 1");
        Refused(() => Encoder.Encode(value, 0, 1024), "finite");
    }

    [Fact]
    public void Encode_CoefficientsAboveTheModulus_NamesScaleAndLevelAndNoValue()
    {
        // 2^20 at 2^40 needs 61 bits with the sign; level 0 has 50, level 1 has 90.
        var message = Refused(() => Encoder.Encode(1048577.0, 0, Math.ScaleB(1, 40)), "2^40.0", "level 0");
        message.ShouldNotContain("1048577");
        Refused(() => Encoder.Encode(Enumerable.Repeat(1048577.0, 4096).ToArray(), 0, Math.ScaleB(1, 40)), "level 0");
        Refused(() => Encoder.Encode([1e300, 1e300], 2, Math.ScaleB(1, 100)), "level 2");
        Encoder.Encode(1048577.0, 1, Math.ScaleB(1, 40)).Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Encode_AroundHalfTheModulus_FitsBelowAndIsRefusedAbove(int sign)
    {
        var half = sign * (Encoder.Context.Parameters.Primes[0] / 2.0);
        using var below = Encoder.Encode(half * (1 - 1e-12), 0, 1);
        var decoded = new double[1];
        Encoder.Decode(below, decoded);
        decoded[0].ShouldBe(Math.Round(half * (1 - 1e-12)));
        Refused(() => Encoder.Encode(half * (1 + 1e-12), 0, 1), "level 0");
        Refused(() => Encoder.Encode(Enumerable.Repeat(half * (1 + 1e-12), 4096).ToArray(), 0, 1), "level 0");
    }

    [Fact]
    public void Decode_TooManySlots_NamesBothCounts()
    {
        using var plaintext = Encoder.Encode(1.0, 0, 1024);
        Refused(() => Encoder.Decode(plaintext, new double[4097]), "4097", "4096");
    }

    [Fact]
    public void Decode_PlaintextOfAnotherContext_NamesBoth()
    {
        using var other = new CkksEncoder(ParameterSets.Of(4096)).Encode(1.0, 0, 1024);
        Refused(() => Encoder.Decode(other, new double[1]), "N=4096", "N=8192");
        using var twin = new CkksEncoder(new CkksContext(Encoder.Context.Parameters)).Encode(1.0, 0, 1024);
        Refused(() => Encoder.Decode(twin, new double[1]), "two contexts");
    }

    [Fact]
    public void Decode_Disposed_IsRefused()
    {
        var plaintext = Encoder.Encode(1.0, 0, 1024);
        plaintext.Dispose();
        Should.Throw<ObjectDisposedException>(() => Encoder.Decode(plaintext, new double[1]));
    }

    private static string Refused(Action action, params string[] parts)
    {
        var message = Should.Throw<HomomorphicException>(action).Message;
        foreach (var part in parts) message.ShouldContain(part);
        return message;
    }
}
