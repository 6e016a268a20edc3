#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to one queue. Thread-safe.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    protected ServiceBusSender() { }

    public virtual string FullyQualifiedNamespace => throw new NotImplementedException();

    public virtual string EntityPath => throw new NotImplementedException();

    public virtual string Identifier => throw new NotImplementedException();

    public virtual bool IsClosed => throw new NotImplementedException();

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task CloseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual ValueTask DisposeAsync() => throw new NotImplementedException();
}
