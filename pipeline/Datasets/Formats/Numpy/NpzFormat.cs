using AIaaS.Pipeline.Datasets.Formats.Tensors;
using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Numpy;

/// <summary>NPZ: a zip of NPY arrays, such as x and y, or x_train, y_train, x_test, y_test.</summary>
internal sealed class NpzFormat : IDatasetFormat
{
    private const int MaxArrays = 64;

    public string Name => "numpy";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var tensors = new List<TensorFile>();
        foreach (var file in files)
        {
            await using var archive = await ZipArchiveReader.OpenAsync(file, limits, cancellationToken);
            if (archive.Entries.Count > MaxArrays)
                throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{file.Name} holds more than {MaxArrays} arrays.");
            foreach (var entry in archive.Entries) tensors.Add(await OpenAsync(file, archive, entry, limits, cancellationToken));
        }
        return TensorDataset.Build(Name, tensors, labelsMayLack: true);
    }

    private static async Task<TensorFile> OpenAsync(
        ContentFile file, ZipArchiveReader archive, ZipEntry entry, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var name = entry.Name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? entry.Name[..^4] : entry.Name;
        await using var stream = await archive.OpenEntryAsync(entry, cancellationToken);
        var header = await NpyHeader.ReadAsync(stream, $"{file.Name}/{entry.Name}", cancellationToken);
        TensorFile.Check($"{file.Name}/{entry.Name}", header.Element, header.Shape, entry.Length - header.Length, limits);
        return new TensorFile(file.Name, name, header.Element, header.Shape, ct => OpenDataAsync(file, entry, limits, ct));
    }

    private static async Task<Stream> OpenDataAsync(ContentFile file, ZipEntry entry, DatasetLimits limits, CancellationToken cancellationToken)
    {
        // A reader of its own for each array: arrays are read side by side.
        var archive = await ZipArchiveReader.OpenAsync(file, limits, cancellationToken);
        var data = await archive.OpenEntryAsync(entry, cancellationToken, closeArchive: true);
        await NpyHeader.ReadAsync(data, entry.Name, cancellationToken);
        return data;
    }
}
