#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>Messages to send with one call, up to 256 KiB together. Not atomic in this edition: after a failure send it again, MessageIds make that harmless.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<ServiceBusMessage> _messages = [];

    internal ServiceBusMessageBatch() { }

    public int Count => _messages.Count;

    public long SizeInBytes { get; private set; }

    public long MaxSizeInBytes => 256 * 1024;

    internal IReadOnlyList<ServiceBusMessage> Messages => _messages;

    /// <returns>False if the message does not fit into what is left of the batch.</returns>
    public bool TryAddMessage(ServiceBusMessage message) => throw new NotImplementedException();

    public void Dispose() => _messages.Clear();
}
