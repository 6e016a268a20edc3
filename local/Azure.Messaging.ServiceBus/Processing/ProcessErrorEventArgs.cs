#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

public sealed class ProcessErrorEventArgs : EventArgs
{
    internal ProcessErrorEventArgs(Exception exception, ServiceBusErrorSource errorSource, ServiceBusReceiver receiver, CancellationToken cancellationToken)
    {
        Exception = exception;
        ErrorSource = errorSource;
        EntityPath = receiver.EntityPath;
        FullyQualifiedNamespace = receiver.FullyQualifiedNamespace;
        Identifier = receiver.Identifier;
        CancellationToken = cancellationToken;
    }

    public Exception Exception { get; }

    public ServiceBusErrorSource ErrorSource { get; }

    public string EntityPath { get; }

    public string FullyQualifiedNamespace { get; }

    public string Identifier { get; }

    public CancellationToken CancellationToken { get; }
}
