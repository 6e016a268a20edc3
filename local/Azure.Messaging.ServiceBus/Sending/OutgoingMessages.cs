namespace Azure.Messaging.ServiceBus;

/// <summary>Checks a message to send and makes its envelope.</summary>
internal static class OutgoingMessages
{
    // Room for the sequence number, times, claim and duplicate key that dispatch adds.
    private const int AddedLater = 512;

    /// <exception cref="ArgumentException">An application property has a type that Service Bus does not carry.</exception>
    /// <exception cref="ServiceBusException">MessageSizeExceeded.</exception>
    public static MessageEnvelope Check(ServiceBusMessage message, EntityName entity)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = From(message);
        var size = SizeOf(envelope);
        return size <= MessageEnvelope.SendLimit
            ? envelope
            : throw new ServiceBusException(
                $"The message has {size} bytes once encoded; the local edition carries at most {MessageEnvelope.SendLimit}, about 44 KiB of body. Put large data into a blob and send its name.",
                ServiceBusFailureReason.MessageSizeExceeded,
                entity.Path);
    }

    public static int SizeOf(MessageEnvelope envelope) => envelope.Encode().Length + AddedLater;

    public static MessageEnvelope From(ServiceBusMessage message)
    {
        var properties = new SortedDictionary<string, ApplicationValue>(StringComparer.Ordinal);
        foreach (var (name, value) in message.ApplicationProperties)
            properties[name] = ApplicationValue.From(name, value);
        return new MessageEnvelope
        {
            Body = message.Body?.ToArray() ?? [],
            MessageId = message.MessageId,
            ContentType = message.ContentType,
            CorrelationId = message.CorrelationId,
            Subject = message.Subject,
            ReplyTo = message.ReplyTo,
            To = message.To,
            Properties = properties.Count > 0 ? properties : null,
            Scheduled = message.ScheduledEnqueueTime == default ? null : message.ScheduledEnqueueTime.ToUniversalTime(),
            TimeToLive = message.TimeToLive == TimeSpan.MaxValue ? null : message.TimeToLive,
        };
    }
}
