namespace Azure.Messaging.ServiceBus;

/// <summary>Where Service Bus keeps why a message was dead-lettered, and the reason it gives itself.</summary>
internal static class DeadLetter
{
    public const string ReasonProperty = "DeadLetterReason";
    public const string DescriptionProperty = "DeadLetterErrorDescription";
    public const string MaxDeliveryCountExceeded = "MaxDeliveryCountExceeded";

    /// <summary>Longest reason and description that Service Bus takes, in characters.</summary>
    public const int MaxTextLength = 4096;

    public static MessageEnvelope AfterTooManyDeliveries(MessageEnvelope message, EntityName entity, int most) =>
        message.MarkDeadLetter(
            entity.Queue,
            MaxDeliveryCountExceeded,
            $"Message could not be consumed after {most} delivery attempts.");
}
