namespace Azure.Messaging.ServiceBus;

/// <summary>Keeps up to so many handlers busy.</summary>
internal sealed class MessagePump : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots;
    private readonly ServiceBusReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly MessageHandler _handler;
    private readonly int _concurrency;
    private readonly Task _loop;
    private int _drained;

    public MessagePump(ServiceBusReceiver receiver, TimeProvider time, MessageHandler handler, int concurrency)
    {
        _receiver = receiver;
        _time = time;
        _handler = handler;
        _concurrency = concurrency;
        _slots = new SemaphoreSlim(concurrency, concurrency);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Returns when no handler runs any more. May be called again after a cancelled call.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
        for (; _drained < _concurrency; _drained++)
            await _slots.WaitAsync(cancellationToken);
    }

    /// <summary>After <see cref="StopAsync"/> has returned.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _slots.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
                await ReceiveOnceAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ReceiveOnceAsync()
    {
        await _slots.WaitAsync(_stop.Token);
        var free = 1;
        while (free < 32 && _slots.Wait(0, CancellationToken.None))
            free++;
        try
        {
            foreach (var message in await _receiver.ReceiveMessagesAsync(free, s_wait, _stop.Token))
            {
                free--;
                _ = HandleAsync(message);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await _handler.Errors.TellAsync(exception, ServiceBusErrorSource.Receive, _stop.Token);
            await Task.Delay(s_pauseAfterFailure, _time, _stop.Token);
        }
        finally
        {
            if (free > 0)
                _slots.Release(free);
        }
    }

    // Never faults: the handler reports its failures.
    private async Task HandleAsync(ServiceBusReceivedMessage message)
    {
        try
        {
            await Task.Run(() => _handler.HandleAsync(message, _stop.Token), CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }
}
