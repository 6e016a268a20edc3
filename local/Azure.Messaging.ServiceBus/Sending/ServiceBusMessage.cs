#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send. Encoded, it may have at most 60 KiB in this edition, which is about 44 KiB of body.</summary>
public class ServiceBusMessage
{
    /// <summary>The longest <see cref="MessageId"/> that Service Bus accepts, in characters.</summary>
    internal const int MaxMessageIdLength = 128;

    public ServiceBusMessage() : this(default(ReadOnlyMemory<byte>)) { }

    public ServiceBusMessage(string body) : this(BinaryData.FromString(body ?? string.Empty)) { }

    public ServiceBusMessage(ReadOnlyMemory<byte> body) : this(BinaryData.FromBytes(body)) { }

    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
    }

    /// <summary>A copy to send again: body and properties, without what the broker added (delivery count, dead-letter reason).</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        MessageId = receivedMessage.MessageId;
        ContentType = receivedMessage.ContentType;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        ReplyTo = receivedMessage.ReplyTo;
        To = receivedMessage.To;
        TimeToLive = receivedMessage.TimeToLive;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
            if (name is not (DeadLetter.ReasonProperty or DeadLetter.DescriptionProperty))
                ApplicationProperties[name] = value;
    }

    public BinaryData Body { get; set; }

    /// <summary>Values: string, bool, char, the integer and floating types, decimal, Guid, DateTime, DateTimeOffset, TimeSpan, Uri, byte[].</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>What duplicate detection compares; at most 128 characters.</summary>
    public string MessageId
    {
        get;
        set
        {
            if (value is { Length: > MaxMessageIdLength })
                throw new ArgumentOutOfRangeException(nameof(value), $"MessageId has {value.Length} characters; the limit is {MaxMessageIdLength}.");
            field = value;
        }
    }

    public string ContentType { get; set; }

    public string CorrelationId { get; set; }

    public string Subject { get; set; }

    public string ReplyTo { get; set; }

    public string To { get; set; }

    /// <summary>How long after it was enqueued the message may be received; by default for ever.</summary>
    public TimeSpan TimeToLive
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.MaxValue;

    /// <summary>When the message becomes visible; the default is at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }
}
