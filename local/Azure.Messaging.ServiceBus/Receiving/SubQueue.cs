namespace Azure.Messaging.ServiceBus;

public enum SubQueue
{
    None,
    DeadLetter,
    TransferDeadLetter,
}
