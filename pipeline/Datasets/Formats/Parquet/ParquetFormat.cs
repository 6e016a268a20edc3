using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats.Parquet;

internal sealed class ParquetFormat : IDatasetFormat
{
    public string Name => "parquet";

    public Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
