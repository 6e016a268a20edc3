using AIaaS.Pipeline.Operations;

namespace AIaaS.Pipeline.Batch;

/// <summary>One attempt at an operation. Every write is conditional on nobody having claimed it since.</summary>
internal sealed class OperationClaim
{
    /// <summary>A claim that has not been renewed for this long may be taken over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Attempts before an operation is given up.</summary>
    public const int MaxAttempts = 5;

    private static readonly TimeSpan RenewAfter = Lifetime / 3;

    private readonly OperationStore _store;
    private readonly TimeProvider _clock;
    private StoredOperation _held;

    private OperationClaim(OperationStore store, TimeProvider clock, StoredOperation held)
    {
        _store = store;
        _clock = clock;
        _held = held;
    }

    public OperationRecord Operation => _held.Record;

    /// <returns>Null when there is nothing to do: unknown, over, or in other hands.</returns>
    public static async Task<OperationClaim?> TryTakeAsync(OperationStore store, TimeProvider clock, string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken) is not { Record.IsFinal: false } stored) return null;
        var now = clock.GetUtcNow();
        if (stored.Record.Status == OperationStatus.Running && now - stored.Record.UpdatedOn < Lifetime) return null;
        var claimed = stored.Record with { Status = OperationStatus.Running, Attempt = stored.Record.Attempt + 1, UpdatedOn = now };
        return await store.TryReplaceAsync(claimed, stored.ETag, cancellationToken) is { } held ? new OperationClaim(store, clock, held) : null;
    }

    /// <summary>To be called now and then by long work.</summary>
    /// <returns>False when the operation is no longer ours.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return now - Operation.UpdatedOn < RenewAfter || await ReplaceAsync(Operation with { UpdatedOn = now }, cancellationToken);
    }

    /// <returns>False when the operation is no longer ours; its outcome is then somebody else's to say.</returns>
    public Task<bool> FinishAsync(Func<OperationRecord, OperationRecord> outcome, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return ReplaceAsync(outcome(Operation) with { UpdatedOn = now, FinishedOn = now }, cancellationToken);
    }

    /// <summary>Lets the next message have it at once.</summary>
    public Task<bool> GiveBackAsync(CancellationToken cancellationToken) =>
        ReplaceAsync(Operation with { Status = OperationStatus.NotStarted, UpdatedOn = _clock.GetUtcNow() }, cancellationToken);

    private async Task<bool> ReplaceAsync(OperationRecord record, CancellationToken cancellationToken)
    {
        if (await _store.TryReplaceAsync(record, _held.ETag, cancellationToken) is not { } held) return false;
        _held = held;
        return true;
    }
}
