#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage() { }

    /// <summary>The lock; null after a peek or in ReceiveAndDelete mode.</summary>
    internal LockedMessage Held { get; init; }

    public BinaryData Body { get; internal init; }

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; }

    public string MessageId { get; internal init; }

    public string ContentType { get; internal init; }

    public string CorrelationId { get; internal init; }

    public string Subject { get; internal init; }

    public string ReplyTo { get; internal init; }

    public string To { get; internal init; }

    public string LockToken { get; internal init; }

    public string DeadLetterReason { get; internal init; }

    public string DeadLetterErrorDescription { get; internal init; }

    public string DeadLetterSource { get; internal init; }

    /// <summary>How often the message was handed out, this time included: 1 at the first.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>Unique in the queue and growing with the time of sending.</summary>
    public long SequenceNumber { get; internal init; }

    public DateTimeOffset EnqueuedTime { get; internal init; }

    public DateTimeOffset ExpiresAt { get; internal init; }

    public DateTimeOffset LockedUntil { get; internal set; }

    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    public TimeSpan TimeToLive { get; internal init; }

    public ServiceBusMessageState State { get; internal init; }
}
