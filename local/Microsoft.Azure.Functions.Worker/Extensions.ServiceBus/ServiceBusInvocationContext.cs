using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class ServiceBusInvocationContext(
    FunctionDescriptor function, IServiceProvider services, ProcessMessageEventArgs delivery, CancellationToken cancellationToken)
    : InvocationContext(function, services, cancellationToken)
{
    public ServiceBusReceivedMessage Message => delivery.Message;

    public ServiceBusMessageActions Actions { get => field ??= new DeliveryActions(delivery); }

    public BinaryData Body => delivery.Message.Body;

    public string BodyText => Body.ToString();

    public byte[] BodyBytes => Body.ToArray();

    protected override IReadOnlyDictionary<string, object?> BindingData() => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["MessageId"] = Message.MessageId,
        ["DeliveryCount"] = Message.DeliveryCount,
        ["SequenceNumber"] = Message.SequenceNumber,
        ["EnqueuedTimeUtc"] = Message.EnqueuedTime.UtcDateTime,
        ["CorrelationId"] = Message.CorrelationId,
        ["ContentType"] = Message.ContentType,
        ["ApplicationProperties"] = Message.ApplicationProperties,
    };
}
