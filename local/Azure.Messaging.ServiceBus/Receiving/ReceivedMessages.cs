using System.Collections.ObjectModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes what receivers hand out from what lies in the queue.</summary>
internal static class ReceivedMessages
{
    public static ServiceBusReceivedMessage From(LockedMessage message, bool isLocked) =>
        From(message.Envelope!, message.DeliveryCount, isLocked ? message : null);

    public static ServiceBusReceivedMessage Peeked(MessageEnvelope envelope, long dequeueCount) =>
        From(envelope, (int)dequeueCount + envelope.DeliveryOffset, held: null);

    private static ServiceBusReceivedMessage From(MessageEnvelope envelope, int deliveryCount, LockedMessage? held) => new()
    {
        Held = held,
        Body = BinaryData.FromBytes(envelope.Body),
        ApplicationProperties = Properties(envelope),
        MessageId = envelope.MessageId,
        ContentType = envelope.ContentType,
        CorrelationId = envelope.CorrelationId,
        Subject = envelope.Subject,
        ReplyTo = envelope.ReplyTo,
        To = envelope.To,
        LockToken = held is null ? Guid.Empty.ToString() : Guid.NewGuid().ToString(),
        LockedUntil = held?.LockedUntil ?? default,
        DeadLetterReason = envelope.DeadLetterReason,
        DeadLetterErrorDescription = envelope.DeadLetterDescription,
        DeadLetterSource = envelope.DeadLetterSource,
        DeliveryCount = deliveryCount,
        SequenceNumber = envelope.SequenceNumber,
        EnqueuedTime = envelope.VisibleFrom,
        ExpiresAt = envelope.ExpiresAt,
        ScheduledEnqueueTime = envelope.Scheduled ?? default,
        TimeToLive = envelope.TimeToLive ?? TimeSpan.MaxValue,
    };

    private static ReadOnlyDictionary<string, object?> Properties(MessageEnvelope envelope)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in envelope.Properties ?? [])
            properties[name] = value.ToObject();
        if (envelope.DeadLetterReason is { } reason)
            properties[DeadLetter.ReasonProperty] = reason;
        if (envelope.DeadLetterDescription is { } description)
            properties[DeadLetter.DescriptionProperty] = description;
        return properties.AsReadOnly();
    }
}
