using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>The size all images of a dataset have: wanted by the sidecar (others are scaled to it), or that of the first image (others are rejected).</summary>
internal sealed record ImageSize(int Width, int Height, int Channels, bool IsWanted)
{
    /// <summary>Images looked at to tell colour from grey.</summary>
    private const int Sample = 100;

    public int Bytes => Width * Height * Channels;

    /// <exception cref="PipelineException">DatasetMalformed, DatasetTooLarge.</exception>
    public static async Task<ImageSize?> FindAsync(ZipArchiveReader archive, ImageFolder folder, DatasetLimits limits, CancellationToken cancellationToken)
    {
        ImageSize? size = null;
        var images = archive.Entries.Where(entry => !ImageFolder.IsNoise(entry.Name) && folder.Read(entry.Name) is not null).ToList();
        var step = Math.Max(1, images.Count / Sample);
        for (var i = 0; i < images.Count; i += step)
        {
            using var codec = ImageCodec.Open(await ImageCodec.LoadAsync(archive, images[i], limits, cancellationToken), limits, out _);
            if (codec is null) continue;
            size ??= new ImageSize(codec.Width, codec.Height, 1, IsWanted: false);
            if (!codec.IsGrey) size = size with { Channels = 3 };
        }
        if (size is not null && size.Bytes > limits.MaxTensorBytes)
        {
            throw new PipelineException(ProblemCodes.DatasetTooLarge,
                $"Images of {size.Width} x {size.Height} are more than {limits.MaxTensorBytes} bytes each; say image: {{width, height, channels}} in {DatasetSidecar.FileName} to scale them down.");
        }
        return size;
    }
}
