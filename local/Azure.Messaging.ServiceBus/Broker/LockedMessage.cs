using System.Diagnostics.CodeAnalysis;
using Azure.Storage.Queues.Models;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message that this process holds. Renewing changes the pop receipt that settling needs, so both take turns.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without a wait handle holds nothing to release; messages are dropped, not disposed.")]
internal sealed class LockedMessage(BrokerQueue queue, QueueMessage message, DateTimeOffset lockedUntil)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string _popReceipt = message.PopReceipt;
    private MessageEnvelope? _stored = MessageEnvelope.TryDecode(message.MessageText);

    public string StorageId => message.MessageId;

    public string Text => message.MessageText;

    /// <summary>What lies in the queue; null if that is no envelope.</summary>
    public MessageEnvelope? Envelope => _stored;

    public long DequeueCount => message.DequeueCount;

    public int DeliveryCount => (int)DequeueCount + (Envelope?.DeliveryOffset ?? 0);

    public DateTimeOffset LockedUntil { get; private set; } = lockedUntil;

    public bool IsSettled { get; private set; }

    public string Queue => queue.Name;

    /// <exception cref="ServiceBusException">MessageLockLost.</exception>
    public async Task DeleteAsync(DateTimeOffset now)
    {
        await TakeTurnAsync(now);
        try
        {
            await queue.DeleteAsync(StorageId, _popReceipt);
            IsSettled = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the message back, to be seen after <paramref name="hideFor"/>.</summary>
    /// <returns>The pop receipt that is good until then.</returns>
    /// <exception cref="ServiceBusException">MessageLockLost.</exception>
    public async Task<string> ReleaseAsync(DateTimeOffset now, MessageEnvelope content, TimeSpan hideFor)
    {
        await TakeTurnAsync(now);
        try
        {
            _popReceipt = await queue.UpdateAsync(StorageId, _popReceipt, content, hideFor);
            IsSettled = true;
            return _popReceipt;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>Until when the message is locked now.</returns>
    /// <exception cref="ServiceBusException">MessageLockLost.</exception>
    public async Task<DateTimeOffset> RenewAsync(DateTimeOffset now, TimeSpan lockFor)
    {
        await HoldAsync(now, content: null, lockFor);
        return LockedUntil;
    }

    /// <summary>
    /// Writes down that the message goes to the dead-letter queue, moves it there, then deletes it here. Whoever finds it
    /// here again, because the process died in between, finishes the move.
    /// </summary>
    public async Task MoveAsync(TimeProvider time, TimeSpan lockFor, MessageEnvelope marked, Func<MessageEnvelope, Task> enqueueOnce)
    {
        await HoldAsync(time.GetUtcNow(), marked, lockFor);
        await enqueueOnce(marked);
        await TakeTurnAsync(now: null);
        try
        {
            await queue.DeleteAsync(StorageId, _popReceipt);
        }
        catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            // The message is in the dead-letter queue; whoever has this copy now sees the mark and deletes it.
        }
        finally
        {
            IsSettled = true;
            _turn.Release();
        }
    }

    private async Task HoldAsync(DateTimeOffset now, MessageEnvelope? content, TimeSpan lockFor)
    {
        await TakeTurnAsync(now);
        try
        {
            _stored = content ?? _stored;
            _popReceipt = await queue.UpdateAsync(StorageId, _popReceipt, _stored!, lockFor);
            LockedUntil = now + lockFor;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TakeTurnAsync(DateTimeOffset? now)
    {
        await _turn.WaitAsync();
        if (!IsSettled && (now is null || now < LockedUntil))
            return;
        _turn.Release();
        // Storage would honour the old receipt until somebody else receives the message; Service Bus does not, so neither does this.
        throw new ServiceBusException(
            IsSettled ? "The message was settled already." : "The lock on the message expired; it will be delivered again. Renew the lock in time.",
            ServiceBusFailureReason.MessageLockLost,
            queue.Name);
    }
}
