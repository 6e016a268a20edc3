namespace Azure.Messaging.ServiceBus;

public enum ServiceBusErrorSource
{
    Complete,
    Abandon,
    ProcessMessageCallback,
    Receive,
    RenewLock,
    AcceptSession,
    CloseSession,
}
