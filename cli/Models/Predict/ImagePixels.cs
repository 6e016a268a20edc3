using AIaaS.Cli.CommandLine;
using SkiaSharp;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Decodes a picture to the height, width and channels (1 grey, 3 RGB) a model takes.</summary>
public static class ImagePixels
{
    // Beyond this a small file may expand to gigabytes.
    private const int MaximumPixels = 64_000_000;

    /// <returns>H × W × C values of 0 to 255.</returns>
    public static TensorSamples Decode(byte[] file, int height, int width, int channels, Terminal terminal)
    {
        using var codec = SKCodec.Create(new MemoryStream(file)) ?? throw SampleReader.Refuse("The image cannot be decoded.");
        if ((long)codec.Info.Width * codec.Info.Height > MaximumPixels) throw SampleReader.Refuse($"The image has more than {MaximumPixels} pixels.");
        using var decoded = SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul))
            ?? throw SampleReader.Refuse("The image cannot be decoded.");
        if (decoded.Width == width && decoded.Height == height) return Pixels(decoded, channels);

        terminal.Error.Profile.Out.Writer.WriteLine($"note: the image is {decoded.Width}×{decoded.Height} and is scaled to the model's {width}×{height}.");
        using var scaled = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (!decoded.ScalePixels(scaled, SKFilterQuality.High)) throw SampleReader.Refuse("The image cannot be scaled to the model's size.");
        return Pixels(scaled, channels);
    }

    private static TensorSamples Pixels(SKBitmap bitmap, int channels)
    {
        var values = new double[bitmap.Width * bitmap.Height * channels];
        for (var pixel = 0; pixel < bitmap.Width * bitmap.Height; pixel++)
        {
            var color = bitmap.GetPixel(pixel % bitmap.Width, pixel / bitmap.Width);
            if (channels == 1)
            {
                // ITU-R BT.601 luma, as most tools make grey.
                values[pixel] = Math.Round(0.299 * color.Red + 0.587 * color.Green + 0.114 * color.Blue);
                continue;
            }
            values[pixel * 3] = color.Red;
            values[pixel * 3 + 1] = color.Green;
            values[pixel * 3 + 2] = color.Blue;
        }
        return new TensorSamples([1, bitmap.Height, bitmap.Width, channels], values);
    }
}
