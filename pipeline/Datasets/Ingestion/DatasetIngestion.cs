using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Datasets.Ingestion;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Takes what was dropped for one dataset into the vault.</summary>
public sealed class DatasetIngestion(StorageAccount storage, DatasetStore datasets, VaultStore vault, VaultKeys keys, TimeProvider time, DatasetLimits limits)
{
    /// <summary>Rounds after which a drop that keeps changing is left for later.</summary>
    private const int MaxRounds = 20;

    private readonly DatasetLimits _limits = limits;

    /// <summary>
    /// Reads all files under datasets/{name}/, writes encrypted shards and a report, commits them with one conditional
    /// write of the dataset's row and deletes the plaintext. Idempotent: may be run any number of times, at the same time
    /// and after any crash.
    /// </summary>
    /// <returns>
    /// The record as committed: Ready, Waiting (files are missing; see Error), or Failed (the drop is bad or the key refused; see
    /// Error; its files are kept). Both are results and not exceptions, so that a queue does not deliver them again. A drop that
    /// failed for its key is taken by the first run after the key can be used.
    /// </returns>
    /// <exception cref="PipelineException">KeyUnavailable, StorageUnavailable: try again later. DatasetNotFound: neither a drop nor a record.</exception>
    public async Task<DatasetRecord> RunAsync(string name, CancellationToken cancellationToken)
    {
        ResourceName.Check(name, "dataset");
        for (var round = 0; round < MaxRounds; round++)
        {
            try
            {
                if (await TryRunAsync(name, cancellationToken) is { } record) return record;
            }
            catch (DropReplacedException)
            {
                // What is there now is another drop; nothing of the old one has been committed.
            }
            catch (RequestFailedException exception)
            {
                throw StorageFault.Of(exception);
            }
        }
        throw new PipelineException(ProblemCodes.StorageUnavailable, $"The drop of dataset '{name}' changed {MaxRounds} times while it was read. Try again when the upload has ended.");
    }

    /// <returns>Null when somebody else changed the row or the drop meanwhile, and all is to be looked at again.</returns>
    private async Task<DatasetRecord?> TryRunAsync(string name, CancellationToken cancellationToken)
    {
        // The row before the listing: files are deleted only after the row has changed, so a listing that lacks them
        // always comes with a row that can no longer be written.
        var row = await datasets.Ledger.FindAsync(name, cancellationToken);
        using var listing = await DropListing.ReadAsync(storage, name, cancellationToken);
        var taken = row?.Taken ?? new HashSet<string>();
        var fresh = listing.Where(file => !taken.Contains(DropListing.Mark(file)));
        if (fresh.Files.Count == 0) return await NothingNewAsync(name, row, listing, cancellationToken);

        var version = fresh.Version();
        if (row is { Record.Status: DatasetStatus.Failed or DatasetStatus.Waiting } && row.Drop == version
            && !(row.Record.Error is { IsAboutTheKey: true } && await IsKeyUsableAsync(name, cancellationToken)))
            return row.Record;
        if (await BeginAsync(name, row, version, cancellationToken) is not { } begun) return null;

        DatasetRow outcome;
        try
        {
            var result = await new DropIngestion(name, fresh, vault, _limits).RunAsync(cancellationToken);
            var ready = begun.Record with { Status = DatasetStatus.Ready, Version = version, Digest = result.Digest, Rows = result.Rows, ManifestBlob = result.ManifestBlob, Error = null };
            outcome = begun with { Record = ready, Taken = fresh.Files.Select(DropListing.Mark).ToHashSet(StringComparer.Ordinal) };
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.DatasetIncomplete)
        {
            outcome = With(begun, DatasetStatus.Waiting, problem);
        }
        catch (PipelineException problem) when (IsAboutTheDrop(problem.Code))
        {
            outcome = With(begun, DatasetStatus.Failed, problem);
        }
        catch (PipelineException problem) when (new DatasetError(problem.Code.Code, problem.Message).IsAboutTheKey)
        {
            outcome = With(begun, DatasetStatus.Failed, new PipelineException(problem.Code,
                problem.Message + " The dropped files are kept, not encrypted: once the key can be used they are taken by themselves within minutes, or at once when they are dropped again."));
        }

        if (await ChangedAsync(name, taken, version, cancellationToken)) return null;
        if (await datasets.Ledger.TryWriteAsync(outcome with { Record = outcome.Record with { UpdatedOn = time.GetUtcNow() } }, cancellationToken) is not { } committed) return null;
        if (committed.Record.Status == DatasetStatus.Ready) await DeleteAsync(fresh, cancellationToken);
        return committed.Record;
    }

    private static bool IsAboutTheDrop(ProblemCode code) => code.Status == 422 || code == ProblemCodes.InvalidName;

    private static DatasetRow With(DatasetRow row, DatasetStatus status, PipelineException problem) =>
        row with { Record = row.Record with { Status = status, Error = new DatasetError(problem.Code.Code, problem.Message) } };

    private async Task<bool> IsKeyUsableAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await keys.CheckUsableAsync(VaultScope.Dataset(name), cancellationToken);
            return true;
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.KeyDisabled || problem.Code == ProblemCodes.KeyForbidden)
        {
            return false;
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.KeyNotFound)
        {
            // Purged, and then a new one can be made; or kept as deleted, and then making one says so again.
            return true;
        }
    }

    /// <summary>A file that came, went or was replaced meanwhile belongs to the dataset too.</summary>
    private async Task<bool> ChangedAsync(string name, IReadOnlySet<string> taken, string version, CancellationToken cancellationToken)
    {
        using var now = await DropListing.ReadAsync(storage, name, cancellationToken);
        return now.Where(file => !taken.Contains(DropListing.Mark(file))).Version() != version;
    }

    /// <summary>Says that this drop is being looked at; those who work on it at the same time share the row, and the first to commit wins.</summary>
    private async Task<DatasetRow?> BeginAsync(string name, DatasetRow? row, string version, CancellationToken cancellationToken)
    {
        if (row is { Record.Status: DatasetStatus.Ingesting } && row.Drop == version) return row;
        var now = time.GetUtcNow();
        var record = row?.Record ?? new DatasetRecord(name, DatasetStatus.Ingesting, null, null, 0, null, null, now, now);
        var begun = new DatasetRow(record with { Status = DatasetStatus.Ingesting, Error = null, UpdatedOn = now }, version, row?.Taken ?? new HashSet<string>(), row?.ETag);
        return await datasets.Ledger.TryWriteAsync(begun, cancellationToken);
    }

    private async Task<DatasetRecord?> NothingNewAsync(string name, DatasetRow? row, DropListing leftOver, CancellationToken cancellationToken)
    {
        if (row is null) throw DatasetStore.NotFound(name);
        await DeleteAsync(leftOver, cancellationToken);
        if (row.Record.Status == DatasetStatus.Ready) return row.Record;
        // The drop that the row speaks of is gone: what was committed before it stands again.
        var record = row.Record.ManifestBlob is not null
            ? row.Record with { Status = DatasetStatus.Ready, Error = null }
            : row.Record with { Status = DatasetStatus.Waiting, Error = new DatasetError(ProblemCodes.DatasetIncomplete.Code, "No file has been dropped yet.") };
        if (record == row.Record) return record;
        return (await datasets.Ledger.TryWriteAsync(row with { Record = record with { UpdatedOn = time.GetUtcNow() }, Drop = null }, cancellationToken))?.Record;
    }

    /// <summary>Deletes plaintext that is committed, each file only as it was read; one replaced since is a new drop.</summary>
    private static async Task DeleteAsync(DropListing files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Files)
        {
            try
            {
                FaultPoints.Before(FaultPointNames.DropDelete);
                await file.Blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = file.ETag }, cancellationToken);
                FaultPoints.After(FaultPointNames.DropDelete);
            }
            catch (RequestFailedException exception) when (exception.Status == 412)
            {
                // Replaced since.
            }
        }
    }
}
