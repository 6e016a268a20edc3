namespace AIaaS.Pipeline.Datasets;

/// <summary>Takes what was dropped for one dataset into the vault.</summary>
public sealed class DatasetIngestion(DatasetStore datasets)
{
    private readonly DatasetStore _datasets = datasets;

    /// <summary>
    /// Reads all files under datasets/{name}/, writes encrypted shards and a report, commits them with one conditional
    /// write of the dataset's row and deletes the plaintext. Idempotent: may be run any number of times, at the same time
    /// and after any crash.
    /// </summary>
    /// <returns>
    /// The record as committed: Ready, Waiting (files are missing; see Error), or Failed (the drop is bad; see Error; its
    /// files are kept). Bad data is a result and not an exception, so that a queue does not deliver it again.
    /// </returns>
    /// <exception cref="Problems.PipelineException">KeyDisabled, KeyUnavailable, StorageUnavailable: try again later. DatasetNotFound: neither a drop nor a record.</exception>
    public Task<DatasetRecord> RunAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException(nameof(_datasets));
}
