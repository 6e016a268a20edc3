using System.Security.Cryptography;
using System.Text;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Makes one message of many copies. A sender claims the row of the MessageId, enqueues, then elects its copy; a receiver
/// elects on behalf of a sender that died in between, and drops copies that were not elected. A claim whose sender died is
/// taken over after a while, so no crash loses the message, and the election leaves one copy however many were enqueued.
/// </summary>
internal sealed class DuplicateLog(BrokerTable table, TimeProvider time)
{
    private static readonly TimeSpan s_claimTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(25);

    public static string Partition(string queue) => "dup-" + queue;

    public static string KeyOf(string messageId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)));

    /// <returns>A claim under which to enqueue, or null if a copy is in the queue already.</returns>
    public async Task<string?> ClaimAsync(string queue, string key, TimeSpan window, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var claim = new DuplicateRow
            {
                PartitionKey = Partition(queue),
                RowKey = key,
                Claim = Guid.NewGuid().ToString("N"),
                ClaimedUntil = now + s_claimTime,
                ExpiresAt = now + window,
            };
            if (await table.AddAsync(claim, cancellationToken) is not null)
                return claim.Claim;
            if (await FindAsync(queue, key, cancellationToken) is not { } known)
                continue;
            var isOver = known.ExpiresAt <= now;
            if (!isOver && known.Winner.Length > 0)
                return null;
            if (isOver || known.ClaimedUntil <= now)
            {
                claim.Superseded = isOver ? "" : $"{known.Superseded} {known.Claim}".Trim();
                if (await table.ReplaceAsync(claim, known.ETag, cancellationToken))
                    return claim.Claim;
                continue;
            }
            await Task.Delay(s_pollInterval, time, cancellationToken);
        }
    }

    /// <summary>Makes the copy the one that counts, unless another one is.</summary>
    /// <returns>False if the copy must be dropped.</returns>
    public async Task<bool> ElectAsync(string queue, string key, string claim, string storageMessageId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // No row, or a row of a later window: nothing speaks against this copy.
            if (await FindAsync(queue, key, cancellationToken) is not { } row || !row.Covers(claim))
                return true;
            if (row.Winner.Length > 0)
                return row.Winner.Equals(storageMessageId, StringComparison.Ordinal);
            row.Winner = storageMessageId;
            if (await table.ReplaceAsync(row, row.ETag, cancellationToken))
                return true;
        }
    }

    /// <summary>Lets the next sender take over at once, after enqueueing failed.</summary>
    public async Task ReleaseAsync(string queue, string key, string claim)
    {
        try
        {
            if (await FindAsync(queue, key, CancellationToken.None) is { Winner: "" } row && row.Claim.Equals(claim, StringComparison.Ordinal))
            {
                row.ClaimedUntil = time.GetUtcNow();
                await table.ReplaceAsync(row, row.ETag, CancellationToken.None);
            }
        }
        catch (ServiceBusException)
        {
            // The caller reports why enqueueing failed; without the release the next sender only waits longer.
        }
    }

    private Task<DuplicateRow?> FindAsync(string queue, string key, CancellationToken cancellationToken) =>
        table.FindAsync<DuplicateRow>(Partition(queue), key, cancellationToken);
}
