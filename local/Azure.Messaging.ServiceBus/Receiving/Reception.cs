using System.Text;

namespace Azure.Messaging.ServiceBus;

/// <summary>Takes messages from a queue and sorts out those that are not to be delivered: expired, too early, copies, dead letters.</summary>
internal sealed class Reception(MessageBroker broker, Dispatch dispatch, EntityName entity)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until there is a message, at most <paramref name="wait"/>.</summary>
    public async Task<List<LockedMessage>> ReceiveAsync(int most, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = broker.Time.GetTimestamp();
        var pause = s_firstPause;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = await broker.Queue(entity.StorageQueue).TakeAsync(most, broker.Settings.LockDuration);
            var wanted = await Task.WhenAll(taken.Select(IsWantedAsync));
            List<LockedMessage> messages = [.. taken.Where((_, index) => wanted[index])];
            if (messages.Count > 0)
                return messages;
            var left = wait - broker.Time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero && taken.Length == 0)
                return [];
            if (taken.Length > 0)
                continue;
            await Task.Delay(left < pause ? left : pause, broker.Time, cancellationToken);
            pause = pause * 1.5 < s_longestPause ? pause * 1.5 : s_longestPause;
        }
    }

    private async Task<bool> IsWantedAsync(LockedMessage message)
    {
        try
        {
            return await SortAsync(message);
        }
        catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            // Sorting out took longer than the lock: whoever receives the message next does it.
            return false;
        }
    }

    private async Task<bool> SortAsync(LockedMessage message)
    {
        var now = broker.Time.GetUtcNow();
        if (message.Envelope is not { } envelope)
        {
            await dispatch.DeadLetterAsync(entity, message, Unreadable(message, now));
            return false;
        }
        if (!entity.IsDeadLetter && envelope.DeadLetterSource is not null)
        {
            await dispatch.DeadLetterAsync(entity, message, envelope);
            return false;
        }
        if (envelope.Scheduled is { } due)
        {
            if (due > now)
            {
                await HideAgainAsync(message, envelope, due - now);
                return false;
            }
            if (message.DequeueCount == 1)
                await broker.Schedule.RemoveAsync(entity.StorageQueue, envelope.SequenceNumber, CancellationToken.None);
        }
        if (envelope.ExpiresAt <= now || await IsCopyAsync(message, envelope))
        {
            await message.DeleteAsync(now);
            return false;
        }
        if (!entity.IsDeadLetter && message.DeliveryCount > broker.Settings.MaxDeliveryCount)
        {
            await dispatch.DeadLetterAsync(entity, message, DeadLetter.AfterTooManyDeliveries(envelope, entity, broker.Settings.MaxDeliveryCount));
            return false;
        }
        return true;
    }

    private async Task<bool> IsCopyAsync(LockedMessage message, MessageEnvelope envelope) =>
        envelope is { DuplicateKey: { } key, Claim: { } claim }
        && !await broker.Duplicates.ElectAsync(entity.StorageQueue, key, claim, message.StorageId, CancellationToken.None);

    // Storage hides for seven days at most; looking at the message was no delivery.
    private async Task HideAgainAsync(LockedMessage message, MessageEnvelope envelope, TimeSpan left)
    {
        var hideFor = left < BrokerQueue.LongestHide ? left : BrokerQueue.LongestHide;
        var content = envelope with { DeliveryOffset = envelope.DeliveryOffset - 1 };
        var popReceipt = await message.ReleaseAsync(broker.Time.GetUtcNow(), content, hideFor);
        await broker.Schedule.RemoveAsync(entity.StorageQueue, envelope.SequenceNumber, CancellationToken.None);
        await broker.Schedule.AddAsync(entity.StorageQueue, envelope, message.StorageId, popReceipt, CancellationToken.None);
    }

    private MessageEnvelope Unreadable(LockedMessage message, DateTimeOffset now) =>
        new MessageEnvelope
        {
            Body = Encoding.UTF8.GetBytes(message.Text),
            SequenceNumber = broker.NextSequenceNumber(),
            Enqueued = now,
        }.MarkDeadLetter(entity.Queue, "UnreadableMessage", "The queue held something that no sender of this edition wrote; the body is that text.");
}
