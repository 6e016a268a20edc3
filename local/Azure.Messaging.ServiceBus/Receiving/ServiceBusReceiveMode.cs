namespace Azure.Messaging.ServiceBus;

public enum ServiceBusReceiveMode
{
    /// <summary>The message stays in the queue, hidden, until it is settled or its lock expires.</summary>
    PeekLock,

    /// <summary>The message is deleted before it is handed out; a crash after that loses it.</summary>
    ReceiveAndDelete,
}
