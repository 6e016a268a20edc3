using System.Globalization;

namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>The one text of a number: the shortest that reads back to it, so that 1, 1.0 and 01 are one class.</summary>
internal static class NumberText
{
    public const int MaxLength = 32;

    public static ReadOnlySpan<char> Write(double number, Span<char> buffer)
    {
        // Negative zero is zero.
        (number == 0 ? 0 : number).TryFormat(buffer, out var length, "R", CultureInfo.InvariantCulture);
        return buffer[..length];
    }
}
