using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Azure.Messaging.ServiceBus;

/// <summary>One storage queue, made when first used; every failure comes out as a <see cref="ServiceBusException"/>.</summary>
internal sealed class BrokerQueue(string name, QueueClient client, TimeProvider time)
{
    /// <summary>The most that storage hides a message for, in one go.</summary>
    public static readonly TimeSpan LongestHide = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);

    private volatile bool _exists;

    public string Name => name;

    /// <param name="message">At most 64 KiB once encoded.</param>
    /// <param name="hideFor">How long nobody sees the message.</param>
    /// <param name="keepFor">After that storage deletes it; null keeps it for ever.</param>
    /// <param name="cancellationToken">Ends the wait; the message may be in the queue all the same.</param>
    public Task<SendReceipt> AddAsync(MessageEnvelope message, TimeSpan hideFor, TimeSpan? keepFor, CancellationToken cancellationToken) =>
        CallAsync(
            async token => (await client.SendMessageAsync(message.Encode(), WholeSeconds(hideFor), keepFor ?? TimeSpan.FromSeconds(-1), token)).Value,
            ServiceBusFailureReason.GeneralError,
            cancellationToken);

    // Not cancelled on the way: the messages of an answer that nobody reads would stay locked.
    public Task<LockedMessage[]> TakeAsync(int most, TimeSpan lockFor) =>
        CallAsync(
            async token =>
            {
                var lockedUntil = time.GetUtcNow() + lockFor;
                var messages = await client.ReceiveMessagesAsync(Math.Min(most, 32), lockFor, token);
                return Array.ConvertAll(messages.Value, message => new LockedMessage(this, message, lockedUntil));
            },
            ServiceBusFailureReason.GeneralError,
            CancellationToken.None);

    public Task<PeekedMessage[]> PeekAsync(CancellationToken cancellationToken) =>
        CallAsync(async token => (await client.PeekMessagesAsync(32, token)).Value, ServiceBusFailureReason.GeneralError, cancellationToken);

    /// <returns>The new pop receipt.</returns>
    public Task<string> UpdateAsync(string messageId, string popReceipt, MessageEnvelope content, TimeSpan hideFor) =>
        CallAsync(
            async token => (await client.UpdateMessageAsync(messageId, popReceipt, content.Encode(), WholeSeconds(hideFor), token)).Value.PopReceipt,
            ServiceBusFailureReason.MessageLockLost,
            CancellationToken.None);

    public Task DeleteAsync(string messageId, string popReceipt, ServiceBusFailureReason whenGone = ServiceBusFailureReason.MessageLockLost) =>
        CallAsync(token => client.DeleteMessageAsync(messageId, popReceipt, token), whenGone, CancellationToken.None);

    private static TimeSpan WholeSeconds(TimeSpan duration) => TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, duration.TotalSeconds)));

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, ServiceBusFailureReason whenGone, CancellationToken cancellationToken)
    {
        try
        {
            if (!_exists)
                await CreateAsync(cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == "QueueNotFound")
            {
                await CreateAsync(cancellationToken);
                return await call(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            throw StorageFault.Translate(failure, name, whenGone);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        _exists = true;
    }
}
