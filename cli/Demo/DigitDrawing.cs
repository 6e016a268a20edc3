using System.Text;

namespace AIaaS.Cli.Demo;

/// <summary>Digits in Braille characters, 2 × 4 pixels each: readable in every terminal and log.</summary>
public static class DigitDrawing
{
    public const int Width = DigitSet.Side / 2;
    public const int Height = DigitSet.Side / 4;
    private const byte Ink = 96;
    private const char Blank = '\u2800';

    // Bit of the dot at (row, column) of a Braille cell, Unicode block U+2800.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <returns><see cref="Height"/> lines of <see cref="Width"/> characters.</returns>
    public static string[] Lines(ReadOnlySpan<byte> image)
    {
        var lines = new string[Height];
        for (var y = 0; y < Height; y++)
        {
            var line = new StringBuilder(Width);
            for (var x = 0; x < Width; x++) line.Append(Cell(image, x * 2, y * 4));
            lines[y] = line.ToString();
        }
        return lines;
    }

    private static char Cell(ReadOnlySpan<byte> image, int left, int top)
    {
        var dots = 0;
        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 2; x++)
            {
                if (image[(top + y) * DigitSet.Side + left + x] >= Ink) dots |= Dots[y, x];
            }
        }
        return (char)(Blank + dots);
    }
}
