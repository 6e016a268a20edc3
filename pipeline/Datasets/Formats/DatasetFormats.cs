using AIaaS.Pipeline.Datasets.Formats.Csv;
using AIaaS.Pipeline.Datasets.Formats.Idx;
using AIaaS.Pipeline.Datasets.Formats.Images;
using AIaaS.Pipeline.Datasets.Formats.Jsonl;
using AIaaS.Pipeline.Datasets.Formats.Numpy;
using AIaaS.Pipeline.Datasets.Formats.Parquet;
using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>Takes dropped files to the one format they are all in.</summary>
internal static class DatasetFormats
{
    /// <exception cref="PipelineException">DatasetFormatUnknown, DatasetMalformed (several formats, or damaged), DatasetEmpty, DatasetTooLarge, DatasetIncomplete.</exception>
    public static async Task<DatasetSource> OpenAsync(
        IReadOnlyList<Drop.DropFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var contents = new List<ContentFile>(files.Count);
        foreach (var file in files)
            contents.Add(await FormatSniffer.SniffAsync(file, limits, cancellationToken));
        var kinds = contents.Select(content => content.Kind).Distinct().Order().ToList();
        if (kinds.Count > 1)
        {
            throw new PipelineException(ProblemCodes.DatasetMalformed,
                $"The files are in different formats ({string.Join(", ", contents.DistinctBy(c => c.Kind).Select(c => $"{c.Name}: {c.Kind}"))}); all files of a dataset must be in one.");
        }
        IDatasetFormat format = kinds[0] switch
        {
            ContentKind.Csv => new CsvFormat(),
            ContentKind.Jsonl => new JsonlFormat(),
            ContentKind.Parquet => new ParquetFormat(),
            ContentKind.Idx => new IdxFormat(),
            ContentKind.Npy => new NpyFormat(),
            _ => await HoldsArraysAsync(contents[0], limits, cancellationToken) ? new NpzFormat() : new ImageFolderFormat(),
        };
        return await format.OpenAsync(contents, sidecar, limits, cancellationToken);
    }

    /// <summary>An NPZ is a zip whose entries are NPY, by their bytes.</summary>
    private static async Task<bool> HoldsArraysAsync(ContentFile file, DatasetLimits limits, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchiveReader.OpenAsync(file, limits, cancellationToken);
        if (archive.Entries.Count == 0) throw new PipelineException(ProblemCodes.DatasetEmpty, $"{file.Name} is an empty archive.");
        await using var entry = await archive.OpenEntryAsync(archive.Entries[0], cancellationToken);
        return NpyHeader.IsMagic(await StreamHead.ReadAsync(entry, NpyHeader.Magic.Length, cancellationToken));
    }
}
