using AIaaS.Pipeline.Datasets.Formats.Zip;
using SkiaSharp;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>One encoded image. Its header is read and bounded before anything is decoded.</summary>
internal sealed class ImageCodec : IDisposable
{
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private ImageCodec(SKData data, SKCodec codec)
    {
        _data = data;
        _codec = codec;
    }

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    public bool IsGrey => _codec.Info.ColorType == SKColorType.Gray8;

    /// <summary>The encoded bytes; null when there are more than an image may have.</summary>
    public static async Task<byte[]?> LoadAsync(ZipArchiveReader archive, ZipEntry entry, DatasetLimits limits, CancellationToken cancellationToken)
    {
        if (entry.Length > limits.MaxImageFileBytes) return null;
        await using var stream = await archive.OpenEntryAsync(entry, cancellationToken);
        // One byte more than declared: reaching the end makes the stream compare length and CRC.
        return await StreamHead.ReadAsync(stream, (int)entry.Length + 1, cancellationToken);
    }

    /// <param name="bytes">Encoded; null is too long.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="fault">Why null is returned.</param>
    public static ImageCodec? Open(byte[]? bytes, DatasetLimits limits, out string? fault)
    {
        if (bytes is null)
        {
            fault = $"the image file is longer than {limits.MaxImageFileBytes} bytes";
            return null;
        }
        var data = SKData.CreateCopy(bytes);
        var codec = SKCodec.Create(data);
        fault = codec is null ? "the file is no PNG, JPEG, WebP, GIF or BMP image"
            : codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp)
                ? "the file is no PNG, JPEG, WebP, GIF or BMP image"
            : (long)codec.Info.Width * codec.Info.Height > limits.MaxImagePixels ? $"the image has more than {limits.MaxImagePixels} pixels"
            : codec.FrameCount > 1 ? "the image is animated"
            : null;
        if (fault is null) return new ImageCodec(data, codec!);
        codec?.Dispose();
        data.Dispose();
        return null;
    }

    /// <summary>Decodes into <paramref name="target"/>, H x W x C bytes, scaled to the wanted size.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Decode(ImageSize size, Span<byte> target)
    {
        if (!size.IsWanted && (Width != size.Width || Height != size.Height))
            return $"the image does not have the size of the others, {size.Width} x {size.Height}; say image: {{width, height, channels}} in {DatasetSidecar.FileName} to scale all";
        // Colours are turned grey and grey is spread to colours here: Skia's decoders do neither.
        var colour = IsGrey ? SKColorType.Gray8 : SKColorType.Rgba8888;
        var alpha = _codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, colour, alpha));
        if (_codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success) return "the image is damaged or cut off";
        if (Width == size.Width && Height == size.Height)
        {
            ImagePixels.Copy(bitmap, size, target);
            return null;
        }
        using var scaled = bitmap.Resize(new SKImageInfo(size.Width, size.Height, colour, alpha), SKFilterQuality.High);
        if (scaled is null) return "the image cannot be scaled";
        ImagePixels.Copy(scaled, size, target);
        return null;
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }
}
