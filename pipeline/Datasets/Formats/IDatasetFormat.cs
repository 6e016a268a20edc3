using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>One way that datasets are written down. To add one: a folder with this interface, a line in <see cref="FormatSniffer"/> and in <see cref="DatasetFormats"/>.</summary>
internal interface IDatasetFormat
{
    /// <summary>As in the report.</summary>
    string Name { get; }

    /// <summary>Understands the files together, reading no more than headers.</summary>
    /// <exception cref="Problems.PipelineException">DatasetMalformed, DatasetTooLarge, DatasetIncomplete (more files are needed).</exception>
    Task<DatasetSource> OpenAsync(IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken);
}
