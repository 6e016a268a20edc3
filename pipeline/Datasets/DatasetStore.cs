using System.Runtime.CompilerServices;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;

namespace AIaaS.Pipeline.Datasets;

/// <summary>The ledger of datasets: one table row each.</summary>
public sealed class DatasetStore(StorageAccount storage, VaultStore vault, VaultKeys keys)
{
    internal DatasetLedger Ledger { get; } = new(storage);

    /// <exception cref="PipelineException">InvalidName, DatasetNotFound, StorageUnavailable.</exception>
    public async Task<DatasetRecord> GetAsync(string name, CancellationToken cancellationToken)
    {
        ResourceName.Check(name, "dataset");
        var row = await StorageFault.CallAsync(() => Ledger.FindAsync(name, cancellationToken));
        return row?.Record ?? throw NotFound(name);
    }

    /// <summary>All datasets in name order.</summary>
    public async IAsyncEnumerable<DatasetRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in Ledger.ListAsync(cancellationToken)) yield return row.Record;
    }

    /// <summary>Deletes the key first, so that everything is unreadable at once, then drop files, shards of all versions, and the record. Repeating it finishes a deletion that broke off.</summary>
    /// <param name="name">Of the dataset.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="check">Throws when the dataset is not as the caller wants it to be. Looked at before the deletion begins.</param>
    /// <exception cref="PipelineException">InvalidName, DatasetNotFound, KeyUnavailable, StorageUnavailable.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken, Action<DatasetRecord>? check = null)
    {
        ResourceName.Check(name, "dataset");
        using var drop = await StorageFault.CallAsync(() => DropListing.ReadAsync(storage, name, cancellationToken));
        var row = await StorageFault.CallAsync(() => Ledger.FindAsync(name, cancellationToken));
        if (row is null && drop.Files.Count == 0) throw NotFound(name);
        if (row is not null) check?.Invoke(row.Record);

        var scope = VaultScope.Dataset(name);
        await keys.DeleteAsync(scope, cancellationToken);
        try
        {
            foreach (var file in drop.Files) await file.Blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
            await vault.DeletePrefixAsync(scope, scope.Prefix, cancellationToken);
            if (row is not null) await Ledger.DeleteAsync(name, cancellationToken);
        }
        catch (RequestFailedException exception)
        {
            throw StorageFault.Of(exception);
        }
    }

    internal static PipelineException NotFound(string name) =>
        new(ProblemCodes.DatasetNotFound, $"There is no dataset '{name}'. List the datasets, or drop a file for it.");
}
