using System.Globalization;
using System.Text.Encodings.Web;

namespace AIaaS.Pipeline.Datasets.Report;

/// <summary>Texts and numbers as the page shows them.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    public static string Escape(string text) => Encoder.Encode(text);

    /// <summary>Thousands apart by narrow spaces, as ISO 80000 has it.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    public static string Number(double number) => Math.Abs(number) is >= 1e6 or (> 0 and < 1e-3)
        ? number.ToString("0.###e0", CultureInfo.InvariantCulture)
        : number.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) => whole == 0 ? "" : (part / (double)whole).ToString("P1", CultureInfo.InvariantCulture);

    /// <summary>A coordinate or width.</summary>
    public static string Length(double length) => length.ToString("0.##", CultureInfo.InvariantCulture);
}
