using System.IO.Compression;
using System.Text;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Reads samples from a file; the format is told by content, never by name.</summary>
public static class SampleReader
{
    /// <summary>A file to predict is read whole.</summary>
    public const int MaximumBytes = 1 << 30;

    private static readonly byte[][] ImageSignatures =
    [
        [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], "GIF8"u8.ToArray(), "BM"u8.ToArray(), "RIFF"u8.ToArray(),
    ];

    /// <exception cref="CliException">The content is in no format that can be read, or damaged.</exception>
    public static Samples Read(byte[] content)
    {
        if (content.Length == 0) throw Refuse("The file is empty.");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return Read(Decompress(content));
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])) return NumpySamples.Read(content);
        if (content is [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 4, ..]) return IdxSamples.Read(content);
        if (ImageSignatures.Any(signature => content.AsSpan().StartsWith(signature))) return new ImageSample(content);
        if (content.AsSpan().Contains((byte)0)) throw Refuse("The file is binary and in no format that predict reads.");
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        return text.AsSpan().TrimStart() is ['{' or '[', ..] ? JsonSamples.Read(text) : CsvSamples.Read(text);
    }

    public static CliException Refuse(string message, Exception? innerException = null) =>
        new(ExitCodes.Failed, message, "Give CSV, JSON or JSON Lines (objects of column to value), NPY, IDX, or one PNG or JPEG image.", innerException);

    private static byte[] Decompress(byte[] content)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (plain.Length + read > MaximumBytes) throw Refuse($"The file holds more than {MaximumBytes >> 20} MiB once decompressed.");
                plain.Write(buffer.AsSpan(0, read));
            }
            return plain.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw Refuse("The file begins like gzip, but is damaged.", exception);
        }
    }
}
