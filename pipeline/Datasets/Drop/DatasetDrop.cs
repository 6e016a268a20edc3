using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Puts files into the drop zone, as the HTTP function and the command line do; anyone with rights on the container may write there directly.</summary>
public sealed class DatasetDrop(StorageAccount storage, DatasetStore datasets, TimeProvider time, DatasetLimits limits)
{
    private const int BlockBytes = 4 << 20;
    private const int MaxRounds = 20;
    private readonly DatasetLimits _limits = limits;

    /// <summary>Streams one file to datasets/{name}/{file} and records the dataset as <see cref="DatasetStatus.Ingesting"/>. Ingestion begins with the storage event.</summary>
    /// <param name="name">See <see cref="ResourceName"/>.</param>
    /// <param name="file">File name without folders, see <see cref="DropFileName"/>.</param>
    /// <param name="content">Read once; bounded by <see cref="DatasetLimits.MaxFileBytes"/>.</param>
    /// <param name="length">Declared length in bytes where known: refused before a byte is read when over the limit, and after when it was not kept.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is committed then.</param>
    /// <exception cref="PipelineException">InvalidName, InvalidRequest (fewer or more bytes than declared), PayloadTooLarge, StorageUnavailable.</exception>
    public async Task<DatasetRecord> PutAsync(string name, string file, Stream content, long? length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ResourceName.Check(name, "dataset");
        DropFileName.Check(file);
        var limit = file == DatasetSidecar.FileName ? _limits.MaxSidecarBytes : _limits.MaxFileBytes;
        if (length > limit) throw TooLarge(file, limit);
        try
        {
            var (before, announced) = await AnnounceAsync(name, cancellationToken);
            try
            {
                await UploadAsync(name, file, content, length, limit, cancellationToken);
            }
            catch when (announced.Drop is null)
            {
                await WithdrawAsync(before, announced);
                throw;
            }
            return announced.Record;
        }
        catch (RequestFailedException exception)
        {
            throw StorageFault.Of(exception);
        }
    }

    /// <summary>Puts the row back as it was when nothing was dropped after all. Where even that fails, the sweep finds the row.</summary>
    private async Task WithdrawAsync(DatasetRow? before, DatasetRow announced)
    {
        if (before is null) await datasets.Ledger.TryDeleteAsync(announced, CancellationToken.None);
        else if (before.ETag != announced.ETag) await datasets.Ledger.TryWriteAsync(before with { ETag = announced.ETag }, CancellationToken.None);
    }

    private async Task UploadAsync(string name, string file, Stream content, long? length, long limit, CancellationToken cancellationToken)
    {
        var blob = storage.Container(StorageLayout.DatasetsContainer).GetBlobClient($"{name}/{file}");
        await using var bounded = new BoundedUpload(content, length, limit, () => TooLarge(file, limit));
        // Blocks are staged and become a blob only when all have come: an upload that breaks off leaves nothing.
        await blob.UploadAsync(bounded, new BlobUploadOptions
        {
            TransferOptions = new() { MaximumConcurrency = 2, InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes },
        }, cancellationToken);
    }

    /// <summary>Before the upload: whoever asks after it sees Ingesting, and not what was before.</summary>
    private async Task<(DatasetRow? Before, DatasetRow Announced)> AnnounceAsync(string name, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var now = time.GetUtcNow();
            var row = await datasets.Ledger.FindAsync(name, cancellationToken);
            if (row?.Record.Status == DatasetStatus.Ingesting) return (row, row);
            var next = row is null
                ? new DatasetRow(new DatasetRecord(name, DatasetStatus.Ingesting, null, null, 0, null, null, now, now), null, new HashSet<string>(), null)
                : row with { Record = row.Record with { Status = DatasetStatus.Ingesting, Error = null, UpdatedOn = now }, Drop = null };
            if (await datasets.Ledger.TryWriteAsync(next, cancellationToken) is { } written) return (row, written);
        }
        throw new PipelineException(ProblemCodes.Conflict, $"The dataset '{name}' is being changed by others at the same time. Try again.");
    }

    private static PipelineException TooLarge(string file, long limit) =>
        new(ProblemCodes.PayloadTooLarge, $"{file} is larger than {limit} bytes, the limit for one file.");
}
