using Azure.Data.Tables;

namespace Azure.Messaging.ServiceBus;

/// <summary>Remembers the pop receipts of scheduled messages, without which they could not be cancelled.</summary>
internal sealed class ScheduleLog(BrokerTable table)
{
    public static string Partition(string queue) => "sched-" + queue;

    public Task AddAsync(string queue, MessageEnvelope message, string storageMessageId, string popReceipt, CancellationToken cancellationToken) =>
        table.AddAsync(
            new ScheduleRow
            {
                PartitionKey = Partition(queue),
                RowKey = Key(message.SequenceNumber),
                StorageMessageId = storageMessageId,
                PopReceipt = popReceipt,
                // The row goes when the message is received; this is for messages that nobody receives.
                ExpiresAt = message.VisibleFrom + TimeSpan.FromDays(1),
            },
            cancellationToken);

    public Task<ScheduleRow?> FindAsync(string queue, long sequenceNumber, CancellationToken cancellationToken) =>
        table.FindAsync<ScheduleRow>(Partition(queue), Key(sequenceNumber), cancellationToken);

    public Task RemoveAsync(string queue, long sequenceNumber, CancellationToken cancellationToken) =>
        table.DeleteAsync(Partition(queue), Key(sequenceNumber), ETag.All, cancellationToken);

    private static string Key(long sequenceNumber) => sequenceNumber.ToString("D19");
}

internal sealed class ScheduleRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string StorageMessageId { get; set; } = "";

    public string PopReceipt { get; set; } = "";

    public DateTimeOffset ExpiresAt { get; set; }
}
