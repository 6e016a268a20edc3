using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>Zips of images: class/file, or train|validation|test/class/file, perhaps all within one outer folder.</summary>
internal sealed class ImageFolderFormat : IDatasetFormat
{
    public string Name => "images";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var folders = new List<(ContentFile File, ImageFolder Folder)>();
        var splits = new HashSet<DatasetSplit>();
        ImageSize? size = sidecar.Image is { } image ? new ImageSize(image.Width, image.Height, image.Channels, IsWanted: true) : null;
        foreach (var file in files)
        {
            await using var archive = await ZipArchiveReader.OpenAsync(file, limits, cancellationToken);
            var folder = ImageFolder.Understand(archive.Entries, file.Name);
            size ??= await ImageSize.FindAsync(archive, folder, limits, cancellationToken);
            folders.Add((file, folder));
            splits.UnionWith(archive.Entries.Select(entry => folder.Read(entry.Name)?.Split).OfType<DatasetSplit>());
        }
        if (size is null) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{files[0].Name} holds no image that can be read.");
        if (folders.Select(folder => folder.Folder.HasSplit).Distinct().Count() > 1)
            throw new PipelineException(ProblemCodes.DatasetMalformed, "Some archives are divided into train and test folders and some are not.");

        var parts = folders.Select(folder => new SourcePart(folder.File.Name,
            async (headersOnly, ct) => await ImageRowReader.OpenAsync(folder.File, folder.Folder, size, headersOnly, limits, ct)));
        IReadOnlyList<SourceColumn> columns = [new("image", [size.Height, size.Width, size.Channels], IsImage: true), new("label")];
        return new DatasetSource(Name, columns, [.. parts], LastColumnIsLabel: true) { Splits = splits };
    }
}
