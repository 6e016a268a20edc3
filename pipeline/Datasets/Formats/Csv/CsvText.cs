using System.Text;

namespace AIaaS.Pipeline.Datasets.Formats.Csv;

/// <summary>UTF-8 to characters, where a byte that is no UTF-8 becomes a noncharacter that no text may hold.</summary>
internal static class CsvText
{
    /// <summary>U+FDD0: stands for bytes that are not UTF-8.</summary>
    public const char Undecodable = '\uFDD0';

    private static readonly UTF8Encoding Utf8 = Make();

    public static StreamReader Open(Stream stream) => new(stream, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);

    private static UTF8Encoding Make()
    {
        var encoding = (UTF8Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: true).Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        return encoding;
    }
}
