using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;

namespace AIaaS.Pipeline.Batch;

/// <summary>Deletes what is a day old, and asks again for what was lost on the way.</summary>
public sealed class OperationSweep(OperationStore operations, InferenceQueue queue, VaultStore vault, TimeProvider clock)
{
    /// <summary>Operations, with their stored requests and answers, are kept this long after they ended.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>Untouched for this long, an operation's message or worker is taken for lost.</summary>
    public static readonly TimeSpan StalledAfter = 2 * OperationClaim.Lifetime;

    /// <returns>How many were deleted and how many asked for again.</returns>
    public async Task<(int Deleted, int Requested)> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var deleted = 0;
        await foreach (var operation in operations.ListFinishedAsync(now - Retention, cancellationToken))
        {
            await DeleteAsync(operation, cancellationToken);
            deleted++;
        }
        var requested = 0;
        await foreach (var operation in operations.ListStalledAsync(now - StalledAfter, cancellationToken))
        {
            await queue.RequestAsync(operation.Record, cancellationToken);
            requested++;
        }
        return (deleted, requested);
    }

    /// <summary>The row goes last: whatever breaks off before is found again.</summary>
    private async Task DeleteAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        if (operation.Record.Kind != OperationKind.Batch)
        {
            var scope = VaultScope.Model(operation.Record.Model);
            await vault.DeletePrefixAsync(scope, StoredRequest.Folder(scope, operation.Record.Id), cancellationToken);
        }
        await operations.DeleteAsync(operation, cancellationToken);
    }
}
