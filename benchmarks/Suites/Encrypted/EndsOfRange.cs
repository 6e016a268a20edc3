using AIaaS.Cli.Demo;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Images whose every pixel is 0 or 255: all dark, all light, in turns by pixel, by row and by column, one half, and test images cut at the middle.</summary>
internal static class EndsOfRange
{
    private const int Cut = 100;

    public static TestImages Of(TestImages images)
    {
        Func<int, int, bool>[] patterns =
        [
            (_, _) => false, (_, _) => true, (row, column) => (row + column) % 2 == 0, (row, column) => (row + column) % 2 == 1,
            (row, _) => row % 2 == 0, (_, column) => column % 2 == 0, (row, _) => row < DigitSet.Side / 2, (_, column) => column < DigitSet.Side / 2,
        ];
        var made = patterns.SelectMany(pattern => Enumerable.Range(0, DigitSet.Pixels).Select(pixel => pattern(pixel / DigitSet.Side, pixel % DigitSet.Side)));
        var cut = images.HeldOut.Images.Take(Cut * DigitSet.Pixels).Select(pixel => pixel > byte.MaxValue / 2);
        var pixels = made.Concat(cut).Select(light => light ? byte.MaxValue : byte.MinValue).ToArray();
        return images with { HeldOut = new DigitSet(pixels, new byte[patterns.Length + Cut]) };
    }
}
