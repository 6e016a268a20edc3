using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs.Specialized;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>The sets of evaluation keys of each caller. A caller sees its own and no others.</summary>
public sealed class EvaluationKeyStore(StorageAccount storage, EvaluationKeyLimits limits, TimeProvider clock)
{
    internal EvaluationKeyTable Table { get; } = new(storage);

    /// <exception cref="PipelineException">InvalidName, EvaluationKeysNotFound.</exception>
    public async Task<EvaluationKeySet> GetAsync(string caller, string id, CancellationToken cancellationToken)
    {
        var row = await RowAsync(caller, id, cancellationToken);
        return await WithReceivedAsync(row, cancellationToken);
    }

    /// <summary>By id.</summary>
    public async Task<IReadOnlyList<EvaluationKeySet>> ListAsync(string caller, CancellationToken cancellationToken) =>
        await Table.ListAsync(caller, cancellationToken).Select(row => row.Set).ToListAsync(cancellationToken);

    /// <summary>The set that a request names; what is used is kept for another lifetime.</summary>
    /// <exception cref="PipelineException">InvalidName, EvaluationKeysNotFound, EvaluationKeysIncomplete.</exception>
    public async Task<EvaluationKeySet> UseAsync(string caller, string id, CancellationToken cancellationToken)
    {
        var row = await RowAsync(caller, id, cancellationToken);
        if (row.Set.Status != EvaluationKeyStatus.Ready)
            throw new PipelineException(ProblemCodes.EvaluationKeysIncomplete, $"The evaluation keys {id} have not come whole. GET /evaluation-keys/{id} says which bytes are there; send the others.");
        var expires = clock.GetUtcNow() + limits.Lifetime;
        // Once in a while is enough; whoever changes the row meanwhile has used it too, or deleted it.
        if (expires - row.Set.ExpiresOn > limits.Lifetime / 30) await Table.TryReplaceAsync(row, row.Set with { ExpiresOn = expires }, cancellationToken);
        return row.Set;
    }

    /// <summary>The row goes last: whatever breaks off before can be deleted again.</summary>
    /// <exception cref="PipelineException">InvalidName, EvaluationKeysNotFound.</exception>
    public async Task DeleteAsync(string caller, string id, CancellationToken cancellationToken)
    {
        var row = await RowAsync(caller, id, cancellationToken);
        await RemoveAsync(row, unchanged: false, cancellationToken);
    }

    /// <returns>How many expired sets were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var row in Table.ListExpiredAsync(clock.GetUtcNow(), cancellationToken))
            if (await RemoveAsync(row, unchanged: true, cancellationToken)) deleted++;
        return deleted;
    }

    internal async Task<bool> RemoveAsync(EvaluationKeyRow row, bool unchanged, CancellationToken cancellationToken)
    {
        // Somebody may have begun to use an expired set meanwhile: then its row says so, and its blob stays. From here on nobody can use it.
        if (unchanged && await Table.TryReplaceAsync(row, row.Set with { Status = EvaluationKeyStatus.Receiving }, cancellationToken) is null) return false;
        await Blob(row).DeleteAsync(cancellationToken);
        return await Table.DeleteAsync(row, cancellationToken);
    }

    /// <summary>The bytes of a set, from the beginning. Whoever reads them checks their digest.</summary>
    internal Task<Stream> OpenAsync(string caller, string id, CancellationToken cancellationToken) => Blob(caller, id, 0).OpenReadAsync(cancellationToken);

    internal EvaluationKeyBlob Blob(EvaluationKeyRow row) => Blob(row.Caller, row.Set.Id, row.Set.Bytes);

    internal EvaluationKeyBlob Blob(string caller, string id, long bytes) =>
        new(storage.Container(StorageLayout.EvaluationKeysContainer).GetBlockBlobClient($"{caller}/{id}"), bytes);

    internal async Task<EvaluationKeySet> WithReceivedAsync(EvaluationKeyRow row, CancellationToken cancellationToken)
    {
        if (row.Set.Status == EvaluationKeyStatus.Ready) return row.Set;
        var blob = Blob(row);
        return row.Set with { Received = blob.Ranges(await blob.ReceivedAsync(cancellationToken)) };
    }

    private async Task<EvaluationKeyRow> RowAsync(string caller, string id, CancellationToken cancellationToken) =>
        await Table.FindAsync(caller, EvaluationKeyId.Check(id), cancellationToken)
        ?? throw new PipelineException(ProblemCodes.EvaluationKeysNotFound, $"You have no evaluation keys {id}. Send them with PUT /evaluation-keys/{id}; unused keys are deleted after {limits.Lifetime.TotalDays:0.#} days.");
}
