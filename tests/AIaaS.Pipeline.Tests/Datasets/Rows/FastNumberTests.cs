using System.Globalization;
using AIaaS.Pipeline.Datasets.Rows;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Datasets.Rows;

public sealed class FastNumberTests
{
    [Property(MaxTest = 2000)]
    public void TryParse_DecimalText_GivesTheBitsOfTheRuntime(long digits, byte places, bool plus)
    {
        var text = (decimal)digits / (decimal)Math.Pow(10, places % 12);
        var spelt = (plus && text >= 0 ? "+" : "") + text.ToString(CultureInfo.InvariantCulture);
        FastNumber.TryParse(spelt, out var value).ShouldBeTrue();
        BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(spelt, CultureInfo.InvariantCulture)));
    }

    [Property(MaxTest = 1000)]
    public void TryParse_AnyDouble_ReadsBackItself(double number)
    {
        if (!double.IsFinite(number)) return;
        FastNumber.TryParse(number.ToString("R", CultureInfo.InvariantCulture), out var value).ShouldBeTrue();
        value.ShouldBe(number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("12a")]
    [InlineData("٣")]
    public void TryParse_NoNumber_SaysSo(string text) => FastNumber.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("NaN")]
    [InlineData("-inf")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("-1E+400")]
    public void TryParse_NonFinite_IsANumberButNotFinite(string text)
    {
        FastNumber.TryParse(text, out var value).ShouldBeTrue();
        double.IsFinite(value).ShouldBeFalse();
    }
}
