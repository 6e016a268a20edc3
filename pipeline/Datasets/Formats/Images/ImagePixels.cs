using SkiaSharp;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>Pixels of a decoded bitmap as H x W x C bytes: colours made grey by BT.601 luma, grey repeated for colours, transparency on black.</summary>
internal static class ImagePixels
{
    public static void Copy(SKBitmap bitmap, ImageSize size, Span<byte> target)
    {
        var pixels = bitmap.GetPixelSpan();
        var depth = bitmap.BytesPerPixel;
        for (var y = 0; y < size.Height; y++)
        {
            var row = pixels.Slice(y * bitmap.RowBytes, size.Width * depth);
            var line = target.Slice(y * size.Width * size.Channels, size.Width * size.Channels);
            if (depth == size.Channels) row.CopyTo(line);
            else if (depth == 1) Spread(row, line, size.Channels);
            else if (size.Channels == 1) Grey(row, line, depth);
            else Narrow(row, line, depth, size.Channels);
        }
    }

    private static void Spread(ReadOnlySpan<byte> row, Span<byte> line, int channels)
    {
        for (var x = 0; x < row.Length; x++) line.Slice(x * channels, channels).Fill(row[x]);
    }

    private static void Grey(ReadOnlySpan<byte> row, Span<byte> line, int depth)
    {
        for (var x = 0; x < line.Length; x++)
        {
            var pixel = row.Slice(x * depth, 3);
            line[x] = (byte)((77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2] + 128) >> 8);
        }
    }

    private static void Narrow(ReadOnlySpan<byte> row, Span<byte> line, int depth, int channels)
    {
        for (var x = 0; x < line.Length / channels; x++) row.Slice(x * depth, channels).CopyTo(line[(x * channels)..]);
    }
}
