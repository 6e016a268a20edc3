#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to one queue. Thread-safe.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient _client;
    private readonly EntityName _entity;
    private readonly Dispatch _dispatch;
    private volatile bool _isClosed;

    internal ServiceBusSender(ServiceBusClient client, EntityName entity)
    {
        _client = client;
        _entity = entity;
        _dispatch = new Dispatch(client.Broker);
        Identifier = $"{entity.Path}-{Guid.NewGuid():N}";
    }

    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    public virtual string EntityPath => _entity.Path;

    public virtual string Identifier { get; }

    public virtual bool IsClosed => _isClosed || _client.IsClosed;

    /// <summary>Returns once the message, or one with the same MessageId within the detection window, is in the queue.</summary>
    /// <exception cref="ServiceBusException">MessageSizeExceeded, or the storage cannot be reached or refused.</exception>
    /// <exception cref="ArgumentException">An application property has a type that Service Bus does not carry.</exception>
    public virtual async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        await _dispatch.SendAsync(_entity, OutgoingMessages.Check(message, _entity), cancellationToken);
    }

    /// <summary>Sends in order; checks all before it sends the first.</summary>
    /// <inheritdoc cref="SendMessageAsync"/>
    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ThrowIfClosed();
        await SendAllAsync([.. messages.Select(message => OutgoingMessages.Check(message, _entity))], cancellationToken);
    }

    /// <inheritdoc cref="SendMessagesAsync(IEnumerable{ServiceBusMessage}, CancellationToken)"/>
    public virtual async Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageBatch);
        ThrowIfClosed();
        await SendAllAsync(messageBatch.Messages, cancellationToken);
    }

    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        return new(new ServiceBusMessageBatch());
    }

    /// <returns>The number to cancel the message with.</returns>
    /// <inheritdoc cref="SendMessageAsync"/>
    public virtual async Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var envelope = OutgoingMessages.Check(message, _entity) with { Scheduled = scheduledEnqueueTime.ToUniversalTime() };
        return await _dispatch.SendAsync(_entity, envelope, cancellationToken);
    }

    /// <exception cref="ServiceBusException">MessageNotFound: it was received, cancelled or never scheduled.</exception>
    public virtual async Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var schedule = _client.Broker.Schedule;
        if (await schedule.FindAsync(_entity.StorageQueue, sequenceNumber, cancellationToken) is not { } row)
            throw new ServiceBusException(
                $"There is no scheduled message {sequenceNumber}.", ServiceBusFailureReason.MessageNotFound, _entity.Path);
        await _client.Broker.Queue(_entity.StorageQueue).DeleteAsync(row.StorageMessageId, row.PopReceipt, ServiceBusFailureReason.MessageNotFound);
        await schedule.RemoveAsync(_entity.StorageQueue, sequenceNumber, cancellationToken);
    }

    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _isClosed = true;
        return Task.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private async Task SendAllAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await _dispatch.SendAsync(_entity, message, cancellationToken);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
