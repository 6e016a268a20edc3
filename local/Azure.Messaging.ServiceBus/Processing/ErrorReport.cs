using System.Diagnostics;

namespace Azure.Messaging.ServiceBus;

/// <summary>Tells the processor's error handler what failed.</summary>
internal sealed class ErrorReport(ServiceBusReceiver receiver, Func<ProcessErrorEventArgs, Task> handler)
{
    public async Task TellAsync(Exception exception, ServiceBusErrorSource source, CancellationToken cancellationToken)
    {
        try
        {
            await handler(new ProcessErrorEventArgs(exception, source, receiver, cancellationToken));
        }
        catch (Exception broken)
        {
            // Nobody is left to tell; the pump must go on.
            Trace.TraceError($"The error handler of {receiver.EntityPath} failed with {broken.GetType()} on {exception.GetType()} ({source}).");
        }
    }
}
