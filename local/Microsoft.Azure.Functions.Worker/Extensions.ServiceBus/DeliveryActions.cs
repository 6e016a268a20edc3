using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles through the processor that delivered the message, so that the processor knows it is settled.</summary>
internal sealed class DeliveryActions(ProcessMessageEventArgs delivery) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        delivery.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        delivery.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) => (propertiesToModify, deadLetterReason) switch
        {
            (_, null) => delivery.DeadLetterMessageAsync(message, propertiesToModify, cancellationToken),
            (null, _) => delivery.DeadLetterMessageAsync(message, deadLetterReason, deadLetterErrorDescription, cancellationToken),
            _ => delivery.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken),
        };

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        delivery.RenewMessageLockAsync(message, cancellationToken);
}
