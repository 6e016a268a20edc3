namespace Azure.Messaging.ServiceBus;

/// <summary>Runs the application's handler on one message, holds the lock meanwhile, and settles what it left unsettled.</summary>
internal sealed class MessageHandler(
    ServiceBusReceiver receiver,
    MessageBroker broker,
    Func<ProcessMessageEventArgs, Task> onMessage,
    ErrorReport errors,
    bool autoComplete,
    TimeSpan renewFor)
{
    public ErrorReport Errors => errors;

    public async Task HandleAsync(ServiceBusReceivedMessage message, CancellationToken stopping)
    {
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(message, stopping, done.Token);
        try
        {
            if (await TryRunAsync(message, stopping) && autoComplete)
                await SettleAsync(message, ServiceBusErrorSource.Complete, stopping);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
        }
    }

    private async Task<bool> TryRunAsync(ServiceBusReceivedMessage message, CancellationToken stopping)
    {
        try
        {
            await onMessage(new ProcessMessageEventArgs(message, receiver, stopping));
            return true;
        }
        catch (Exception exception)
        {
            if (!(exception is OperationCanceledException && stopping.IsCancellationRequested))
                await errors.TellAsync(exception, ServiceBusErrorSource.ProcessMessageCallback, stopping);
            await SettleAsync(message, ServiceBusErrorSource.Abandon, stopping);
            return false;
        }
    }

    private async Task SettleAsync(ServiceBusReceivedMessage message, ServiceBusErrorSource how, CancellationToken stopping)
    {
        if (message.Held is null or { IsSettled: true })
            return;
        try
        {
            await (how == ServiceBusErrorSource.Complete
                ? receiver.CompleteMessageAsync(message, CancellationToken.None)
                : receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None));
        }
        catch (Exception exception)
        {
            await errors.TellAsync(exception, how, stopping);
        }
    }

    private async Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken stopping, CancellationToken done)
    {
        if (message.Held is null)
            return;
        var half = broker.Settings.LockDuration / 2;
        var pause = half;
        var start = broker.Time.GetTimestamp();
        while (renewFor == Timeout.InfiniteTimeSpan || broker.Time.GetElapsedTime(start) + pause < renewFor)
        {
            try
            {
                await Task.Delay(pause, broker.Time, done);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            if (message.Held.IsSettled)
                return;
            try
            {
                await receiver.RenewMessageLockAsync(message, CancellationToken.None);
                pause = half;
            }
            catch (Exception exception) when (!message.Held.IsSettled)
            {
                await errors.TellAsync(exception, ServiceBusErrorSource.RenewLock, stopping);
                if (exception is not ServiceBusException { IsTransient: true })
                    return;
                pause = half / 4;
            }
            catch (ServiceBusException)
            {
                // Settled while the renewal was on its way.
                return;
            }
        }
    }
}
