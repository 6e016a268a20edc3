namespace Azure.Messaging.ServiceBus;

/// <summary>What becomes of a received message: completed, abandoned, dead-lettered, or held longer.</summary>
internal sealed class Settlement(MessageBroker broker, Dispatch dispatch, EntityName entity)
{
    public Task CompleteAsync(LockedMessage message) => message.DeleteAsync(broker.Time.GetUtcNow());

    public async Task AbandonAsync(LockedMessage message, IDictionary<string, object?>? changes)
    {
        var content = WithProperties(message.Envelope!, changes);
        // Service Bus moves the message at the failure that exhausts its deliveries, not at the next receive.
        if (!entity.IsDeadLetter && message.DeliveryCount >= broker.Settings.MaxDeliveryCount)
            await dispatch.DeadLetterAsync(entity, message, DeadLetter.AfterTooManyDeliveries(content, entity, broker.Settings.MaxDeliveryCount));
        else
            await message.ReleaseAsync(broker.Time.GetUtcNow(), content, TimeSpan.Zero);
    }

    public Task DeadLetterAsync(LockedMessage message, IDictionary<string, object?>? changes, string? reason, string? description)
    {
        if (entity.IsDeadLetter)
            throw new InvalidOperationException("A message of a dead-letter queue cannot be dead-lettered again; complete or abandon it.");
        var content = WithProperties(message.Envelope!, changes).MarkDeadLetter(entity.Queue, reason, description);
        return dispatch.DeadLetterAsync(entity, message, content);
    }

    public Task<DateTimeOffset> RenewAsync(LockedMessage message) => message.RenewAsync(broker.Time.GetUtcNow(), broker.Settings.LockDuration);

    private MessageEnvelope WithProperties(MessageEnvelope message, IDictionary<string, object?>? changes)
    {
        if (changes is not { Count: > 0 })
            return message;
        var properties = new SortedDictionary<string, ApplicationValue>(message.Properties ?? [], StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            properties[name] = ApplicationValue.From(name, value);
        var changed = message with { Properties = properties };
        return changed.Encode().Length <= MessageEnvelope.SendLimit
            ? changed
            : throw new ServiceBusException(
                $"With the changed properties the message would have more than {MessageEnvelope.SendLimit} bytes.",
                ServiceBusFailureReason.MessageSizeExceeded,
                entity.Path);
    }
}
