namespace Azure.Messaging.ServiceBus;

/// <summary>Puts messages into queues: at once or later, and once for each duplicate key.</summary>
internal sealed class Dispatch(MessageBroker broker)
{
    // Storage deletes a message this long after it expired, in case nobody receives it; the day lets a holder still settle it.
    private static readonly TimeSpan s_expiryGrace = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_moveWindow = TimeSpan.FromDays(7);

    /// <returns>The message's sequence number.</returns>
    public async Task<long> SendAsync(EntityName entity, MessageEnvelope message, CancellationToken cancellationToken)
    {
        var numbered = message with { SequenceNumber = broker.NextSequenceNumber(), Enqueued = broker.Time.GetUtcNow() };
        var key = message.MessageId is { } id && broker.Settings.DuplicateWindow > TimeSpan.Zero ? DuplicateLog.KeyOf(id) : null;
        await EnqueueAsync(entity.StorageQueue, key, broker.Settings.DuplicateWindow, numbered, cancellationToken);
        broker.Sweep.Ask(entity.StorageQueue);
        return numbered.SequenceNumber;
    }

    /// <summary>Takes a locked message to its dead-letter queue; a repetition after a crash leaves one copy there.</summary>
    /// <param name="entity">The queue that holds the message.</param>
    /// <param name="message">The locked message.</param>
    /// <param name="content">What goes to the dead-letter queue.</param>
    public Task DeadLetterAsync(EntityName entity, LockedMessage message, MessageEnvelope content) =>
        message.MoveAsync(broker.Time, broker.Settings.LockDuration, content, marked => ArriveAsync(entity, message, marked));

    /// <summary>The second of the three steps of a move.</summary>
    public async Task ArriveAsync(EntityName entity, LockedMessage message, MessageEnvelope marked)
    {
        var target = entity.DeadLetters.StorageQueue;
        await EnqueueAsync(target, DuplicateLog.KeyOf(message.StorageId), s_moveWindow, Arriving(marked, message), CancellationToken.None);
        broker.Sweep.Ask(target);
    }

    private static MessageEnvelope Arriving(MessageEnvelope marked, LockedMessage message) =>
        marked with { DuplicateKey = null, Claim = null, Scheduled = null, TimeToLive = null, DeliveryOffset = message.DeliveryCount };

    private async Task EnqueueAsync(string queue, string? key, TimeSpan window, MessageEnvelope message, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            await AddAsync(queue, message, cancellationToken);
            return;
        }
        if (await broker.Duplicates.ClaimAsync(queue, key, window, cancellationToken) is not { } claim)
            return;
        string added;
        try
        {
            added = await AddAsync(queue, message with { DuplicateKey = key, Claim = claim }, cancellationToken);
        }
        catch
        {
            await broker.Duplicates.ReleaseAsync(queue, key, claim);
            throw;
        }
        await broker.Duplicates.ElectAsync(queue, key, claim, added, cancellationToken);
    }

    private async Task<string> AddAsync(string queue, MessageEnvelope message, CancellationToken cancellationToken)
    {
        var now = broker.Time.GetUtcNow();
        var hideFor = message.VisibleFrom > now ? message.VisibleFrom - now : TimeSpan.Zero;
        if (hideFor > BrokerQueue.LongestHide)
            hideFor = BrokerQueue.LongestHide;
        var receipt = await broker.Queue(queue).AddAsync(message, hideFor, KeepFor(message, now), cancellationToken);
        if (hideFor > TimeSpan.Zero)
            await broker.Schedule.AddAsync(queue, message, receipt.MessageId, receipt.PopReceipt, cancellationToken);
        return receipt.MessageId;
    }

    private static TimeSpan? KeepFor(MessageEnvelope message, DateTimeOffset now)
    {
        if (message.TimeToLive is null)
            return null;
        var seconds = (message.ExpiresAt - now + s_expiryGrace).TotalSeconds;
        return seconds < int.MaxValue ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : null;
    }
}
