using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Datasets.Formats.Idx;
using AIaaS.Pipeline.Datasets.Formats.Numpy;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>Tells what a file is by its first bytes; its name plays no part.</summary>
internal static class FormatSniffer
{
    private const int HeadBytes = 64 << 10;

    /// <exception cref="PipelineException">DatasetEmpty, DatasetFormatUnknown, DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<ContentFile> SniffAsync(DropFile file, DatasetLimits limits, CancellationToken cancellationToken)
    {
        if (file.Length > limits.MaxFileBytes)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{file.Name} has {file.Length} bytes; the limit is {limits.MaxFileBytes}.");
        var plain = new ContentFile(file, ContentKind.Csv, IsGzip: false, limits);
        var head = await HeadAsync(plain, cancellationToken);
        if (head is not [0x1F, 0x8B, ..]) return plain with { Kind = Tell(head, file.Name) };

        var gzip = plain with { IsGzip = true };
        head = await HeadAsync(gzip, cancellationToken);
        var kind = Tell(head, file.Name);
        if (kind is ContentKind.Csv or ContentKind.Jsonl or ContentKind.Idx or ContentKind.Npy) return gzip with { Kind = kind };
        throw Unknown(file.Name, "holds an archive within gzip; drop the inner file");
    }

    internal static ContentKind Tell(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{name} is empty.");
        if (NpyHeader.IsMagic(head)) return ContentKind.Npy;
        if (head.StartsWith("PAR1"u8)) return ContentKind.Parquet;
        if (head.StartsWith("PK\u0003\u0004"u8)) return ContentKind.Zip;
        if (head.StartsWith("PK\u0005\u0006"u8)) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{name} is an empty archive.");
        if (IdxHeader.IsMagic(head)) return ContentKind.Idx;
        if (Known(head) is { } what) throw Unknown(name, what);
        return Text(head, name);
    }

    private static async Task<byte[]> HeadAsync(ContentFile file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        return await StreamHead.ReadAsync(stream, HeadBytes, cancellationToken);
    }

    private static ContentKind Text(ReadOnlySpan<byte> head, string name)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || LooksLikeUtf16(head))
            throw new PipelineException(ProblemCodes.DatasetMalformed, $"{name} is UTF-16 or UTF-32 text; save it as UTF-8.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        if (IsBinary(head)) throw Unknown(name, "is binary data of no known format");
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{name} holds nothing but blanks.");
        return text[0] switch
        {
            (byte)'{' => ContentKind.Jsonl,
            (byte)'[' => throw Unknown(name, "is a JSON array; write one object per line (JSON Lines)"),
            (byte)'<' => throw Unknown(name, "is XML, HTML or SVG"),
            _ => ContentKind.Csv,
        };
    }

    /// <summary>Text holds hardly any control characters; single stray ones make single rejected rows later.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        var controls = 0;
        foreach (var value in head)
        {
            if (value is < 0x20 and not (9 or 10 or 13) or 0x7F) controls++;
        }
        return controls * 50 > head.Length;
    }

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            if (head[i] == 0) even++;
            if (head[i + 1] == 0) odd++;
        }
        var pairs = head.Length / 2;
        return pairs >= 4 && (odd > pairs * 3 / 4 && even < pairs / 4 || even > pairs * 3 / 4 && odd < pairs / 4);
    }

    private static string? Known(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            || head.StartsWith("GIF8"u8) || head.StartsWith("RIFF"u8) || head.StartsWith("BM"u8) && head.Length > 14 && head[6] == 0 && head[7] == 0)
            return "is a single image; drop a zip with a folder of images per class";
        if (head.StartsWith("%PDF"u8)) return "is a PDF";
        if (head.StartsWith("\u007fELF"u8) || head.StartsWith("MZ"u8) && head.Length > 64 && IsBinary(head)) return "is a program";
        if (head.StartsWith("SQLite format 3"u8)) return "is an SQLite database; export it as CSV";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46])) return "is HDF5; write Parquet or NPZ";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return "is an old Office document; save it as CSV";
        if (head.Length > 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5) return "is a Python pickle, which is never read; write NPZ or Parquet";
        if (head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A]) || head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
            || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || head.StartsWith("Rar!"u8))
            return "is compressed in a way that is not read; use gzip or zip";
        if (head.StartsWith("ARROW1"u8)) return "is Arrow IPC; write Parquet";
        return null;
    }

    private static PipelineException Unknown(string name, string what) => new(ProblemCodes.DatasetFormatUnknown,
        $"{name} {what}. CSV, JSON Lines, Parquet, IDX, NPY, NPZ and zip files of images are read.");
}
