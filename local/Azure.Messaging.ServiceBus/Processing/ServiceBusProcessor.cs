#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Messaging.ServiceBus;

/// <summary>Receives, runs the handler, renews locks and settles, until it is stopped.</summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    private readonly ServiceBusReceiver _receiver;
    private readonly MessageBroker _broker;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private Func<ProcessMessageEventArgs, Task> _onMessage;
    private Func<ProcessErrorEventArgs, Task> _onError;
    private MessagePump _pump;

    internal ServiceBusProcessor(ServiceBusReceiver receiver, ServiceBusProcessorOptions options, MessageBroker broker)
    {
        _receiver = receiver;
        _broker = broker;
        AutoCompleteMessages = options.AutoCompleteMessages;
        MaxConcurrentCalls = options.MaxConcurrentCalls;
        MaxAutoLockRenewalDuration = options.MaxAutoLockRenewalDuration;
    }

    /// <summary>The work: exactly one handler. When it throws, the message is given back and the error handler is called.</summary>
    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync
    {
        add => Set(ref _onMessage, value, nameof(ProcessMessageAsync));
        remove => Unset(ref _onMessage, value, nameof(ProcessMessageAsync));
    }

    /// <summary>Learns of every failure, in handlers and in the broker: exactly one handler, and it must not throw.</summary>
    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync
    {
        add => Set(ref _onError, value, nameof(ProcessErrorAsync));
        remove => Unset(ref _onError, value, nameof(ProcessErrorAsync));
    }

    public virtual bool AutoCompleteMessages { get; }

    public virtual int MaxConcurrentCalls { get; }

    public virtual TimeSpan MaxAutoLockRenewalDuration { get; }

    public virtual bool IsProcessing => _pump is not null;

    public virtual bool IsClosed => _receiver.IsClosed;

    public virtual string EntityPath => _receiver.EntityPath;

    public virtual string FullyQualifiedNamespace => _receiver.FullyQualifiedNamespace;

    public virtual string Identifier => _receiver.Identifier;

    /// <exception cref="InvalidOperationException">A handler is missing, or the processor runs already.</exception>
    public virtual async Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_pump is not null)
                throw new InvalidOperationException("The processor is running already.");
            if (_onMessage is null || _onError is null)
                throw new InvalidOperationException("Set ProcessMessageAsync and ProcessErrorAsync before starting the processor.");
            var handler = new MessageHandler(_receiver, _broker, _onMessage, new ErrorReport(_receiver, _onError), AutoCompleteMessages, MaxAutoLockRenewalDuration);
            _pump = new MessagePump(_receiver, _broker.Time, handler, MaxConcurrentCalls);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops receiving at once and waits for the handlers that run; their locks are renewed as long as they do.</summary>
    /// <param name="cancellationToken">Ends the wait, not the handlers; call again to go on waiting.</param>
    public virtual async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_pump is null)
                return;
            await _pump.StopAsync(cancellationToken);
            _pump.Dispose();
            _pump = null;
        }
        finally
        {
            _changing.Release();
        }
    }

    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        await StopProcessingAsync(cancellationToken);
        await _receiver.CloseAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private void Set<T>(ref T handler, T value, string name) where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        if (IsProcessing)
            throw new InvalidOperationException($"Stop the processor before changing {name}.");
        if (handler is not null)
            throw new NotSupportedException($"{name} has a handler already; remove it first.");
        handler = value;
    }

    private void Unset<T>(ref T handler, T value, string name) where T : Delegate
    {
        if (IsProcessing)
            throw new InvalidOperationException($"Stop the processor before changing {name}.");
        if (handler != value)
            throw new ArgumentException($"This handler was not added to {name}.", nameof(value));
        handler = null;
    }
}
