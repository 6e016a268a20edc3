#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Messages to send with one call, up to 256 KiB together. In this edition they arrive one by one: after a failure send the
/// batch again, duplicate detection drops what had arrived.
/// </summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<MessageEnvelope> _messages = [];

    internal ServiceBusMessageBatch() { }

    public int Count => _messages.Count;

    public long SizeInBytes { get; private set; }

    public long MaxSizeInBytes { get; } = 256 * 1024;

    internal IReadOnlyList<MessageEnvelope> Messages => _messages;

    /// <returns>False if the message does not fit into what is left of the batch, or is too large for any.</returns>
    /// <exception cref="ArgumentException">An application property has a type that Service Bus does not carry.</exception>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = OutgoingMessages.From(message);
        var size = OutgoingMessages.SizeOf(envelope);
        if (size > MessageEnvelope.SendLimit || SizeInBytes + size > MaxSizeInBytes)
            return false;
        _messages.Add(envelope);
        SizeInBytes += size;
        return true;
    }

    public void Dispose() => _messages.Clear();
}
