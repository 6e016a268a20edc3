namespace Azure.Messaging.ServiceBus;

/// <summary>Where Service Bus keeps why a message was dead-lettered, and the reason it gives itself.</summary>
internal static class DeadLetter
{
    public const string ReasonProperty = "DeadLetterReason";
    public const string DescriptionProperty = "DeadLetterErrorDescription";
    public const string MaxDeliveryCountExceeded = "MaxDeliveryCountExceeded";
}
