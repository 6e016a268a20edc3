#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>Receives, runs the handler, renews locks and settles, until it is stopped.</summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    protected ServiceBusProcessor() { }

    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync { add { } remove { } }

    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync { add { } remove { } }

    public virtual bool AutoCompleteMessages => throw new NotImplementedException();

    public virtual int MaxConcurrentCalls => throw new NotImplementedException();

    public virtual TimeSpan MaxAutoLockRenewalDuration => throw new NotImplementedException();

    public virtual bool IsProcessing => throw new NotImplementedException();

    public virtual bool IsClosed => throw new NotImplementedException();

    public virtual string EntityPath => throw new NotImplementedException();

    public virtual string FullyQualifiedNamespace => throw new NotImplementedException();

    public virtual string Identifier => throw new NotImplementedException();

    public virtual Task StartProcessingAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task StopProcessingAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task CloseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
