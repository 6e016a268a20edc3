using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Runs the function for each message of a queue. The processor limits concurrency, renews locks, completes what
/// succeeded (if asked to) and abandons what threw, so that it comes back until the queue dead-letters it.
/// </summary>
internal sealed partial class ServiceBusListener : ITriggerListener, IAsyncDisposable
{
    /// <summary>The property in which the Azure SDKs pass W3C trace context on.</summary>
    private const string TraceProperty = "Diagnostic-Id";

    private readonly FunctionDescriptor _function;
    private readonly FunctionRunner _runner;
    private readonly Drain _drain;
    private readonly ServiceBusProcessor _processor;
    private readonly ILogger _logger;

    public ServiceBusListener(
        FunctionDescriptor function, ServiceBusTrigger trigger, ServiceBusConnections connections, FunctionRunner runner, Drain drain, ILoggerFactory loggers)
    {
        _function = function;
        _runner = runner;
        _drain = drain;
        _logger = loggers.CreateLogger($"Host.Triggers.ServiceBus.{function.Name}");
        _processor = connections.Client(trigger.Connection).CreateProcessor(trigger.Queue, trigger.Processing);
        _processor.ProcessMessageAsync += RunAsync;
        _processor.ProcessErrorAsync += error =>
        {
            // What the function threw has been logged with its trace id.
            if (error.ErrorSource != ServiceBusErrorSource.ProcessMessageCallback) LogFailed(error.EntityPath, error.ErrorSource, error.Exception);
            return Task.CompletedTask;
        };
    }

    public string FunctionName => _function.Name;

    public Task StartAsync(CancellationToken cancellationToken) => _processor.StartProcessingAsync(cancellationToken);

    public Task StopAsync() => _processor.StopProcessingAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _processor.DisposeAsync();

    private Task RunAsync(ProcessMessageEventArgs delivery)
    {
        var parent = delivery.Message.ApplicationProperties.TryGetValue(TraceProperty, out var value) ? value as string : null;

        // Not the processor's own token: that one ends when the host begins to drain, and running functions may go on.
        return _runner.RunAsync(_function, parent, services => new ServiceBusInvocationContext(_function, services, delivery, _drain.Token));
    }

    [LoggerMessage(1, LogLevel.Warning, "Queue {Queue}: {Source} failed.")]
    private partial void LogFailed(string queue, ServiceBusErrorSource source, Exception exception);
}
