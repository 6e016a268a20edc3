using System.Runtime.CompilerServices;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Finds datasets whose drop no event announced, by comparing the drop zone with the ledger.</summary>
public sealed class DatasetSweep(StorageAccount storage, DatasetStore datasets, TimeProvider time)
{
    /// <summary>Names of datasets that need <see cref="DatasetIngestion.RunAsync"/>: new or changed drops, drops whose ingestion broke off, and plaintext left behind by a crash after the commit.</summary>
    /// <param name="minimumAge">A dataset with a file younger than this is left to its events.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <exception cref="Problems.PipelineException">StorageUnavailable.</exception>
    public async IAsyncEnumerable<string> FindAsync(TimeSpan minimumAge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var youngest = time.GetUtcNow() - minimumAge;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (name, lastModified) in NamesAsync(cancellationToken))
        {
            seen.Add(name);
            if (lastModified > youngest || !IsName(name)) continue;
            if (await StorageFault.CallAsync(() => NeedsIngestionAsync(name, cancellationToken))) yield return name;
        }
        // An upload that broke off has announced a drop that never came.
        await foreach (var record in datasets.ListAsync(cancellationToken))
        {
            if (record.Status == DatasetStatus.Ingesting && record.UpdatedOn <= youngest && !seen.Contains(record.Name)) yield return record.Name;
        }
    }

    private static bool IsName(string name)
    {
        try
        {
            ResourceName.Check(name, "dataset");
            return true;
        }
        catch (Problems.PipelineException)
        {
            return false;
        }
    }

    private async Task<bool> NeedsIngestionAsync(string name, CancellationToken cancellationToken)
    {
        var row = await datasets.Ledger.FindAsync(name, cancellationToken);
        if (row is null || row.Record.Status is DatasetStatus.Ready or DatasetStatus.Ingesting) return true;
        if (row.Record.Error is { IsAboutTheKey: true }) return true;
        // Failed and Waiting are answers to one drop; only another drop asks again.
        using var drop = await DropListing.ReadAsync(storage, name, cancellationToken);
        return drop.Where(file => !row.Taken.Contains(DropListing.Mark(file))).Version() != row.Drop;
    }

    /// <summary>The first folder of every blob in the drop zone, with the time of its youngest file: a listing is sorted by name.</summary>
    private async IAsyncEnumerable<(string Name, DateTimeOffset LastModified)> NamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? current = null;
        var youngest = DateTimeOffset.MinValue;
        await using var blobs = storage.Container(StorageLayout.DatasetsContainer)
            .GetBlobsAsync(new GetBlobsOptions(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await StorageFault.CallAsync(async () => await blobs.MoveNextAsync()))
        {
            var blob = blobs.Current;
            var slash = blob.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0) continue;
            var name = blob.Name[..slash];
            if (name != current)
            {
                if (current is not null) yield return (current, youngest);
                current = name;
                youngest = DateTimeOffset.MinValue;
            }
            if (blob.Properties.LastModified is { } modified && modified > youngest) youngest = modified;
        }
        if (current is not null) yield return (current, youngest);
    }
}
