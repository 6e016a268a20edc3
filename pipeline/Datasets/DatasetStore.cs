using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Datasets;

/// <summary>The ledger of datasets: one table row each.</summary>
public sealed class DatasetStore(StorageAccount storage)
{
    private readonly StorageAccount _storage = storage;

    /// <exception cref="Problems.PipelineException">InvalidName, DatasetNotFound.</exception>
    public Task<DatasetRecord> GetAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException(nameof(_storage));

    /// <summary>All datasets in name order.</summary>
    public IAsyncEnumerable<DatasetRecord> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Deletes the key first, so that everything is unreadable at once, then drop files, shards of all versions, and the record.</summary>
    /// <exception cref="Problems.PipelineException">InvalidName, DatasetNotFound.</exception>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
}
