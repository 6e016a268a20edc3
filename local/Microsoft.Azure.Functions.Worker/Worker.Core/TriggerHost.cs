using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Starts the listeners before the server listens, and drains them while the server drains. Registered last, so the
/// app's own hosted services run before the first function does and stop after the last.
/// </summary>
internal sealed partial class TriggerHost(
    TriggerListeners listeners, Drain drain, FunctionsHostOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<TriggerHost> logger)
    : IHostedService, IAsyncDisposable
{
    /// <summary>What cancelled functions have left to unwind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly List<ITriggerListener> _started = [];
    private readonly List<ITriggerListener> _stuck = [];
    private readonly Lock _gate = new();
    private CancellationTokenRegistration _stopping;
    private Task? _draining;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners.Create())
        {
            await listener.StartAsync(cancellationToken);
            _started.Add(listener);
        }
        // The server drains first and takes its time; the listeners must not go on taking work meanwhile.
        _stopping = lifetime.ApplicationStopping.Register(() => _ = DrainAsync());
    }

    public Task StopAsync(CancellationToken cancellationToken) => DrainAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync();
        await DrainAsync();
        foreach (var listener in _started.Except(_stuck))
        {
            if (listener is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (listener as IDisposable)?.Dispose();
        }
    }

    private Task DrainAsync()
    {
        lock (_gate) return _draining ??= DrainListenersAsync();
    }

    private async Task DrainListenersAsync()
    {
        var stops = _started.ConvertAll(listener => (Listener: listener, Task: listener.StopAsync()));
        var all = Task.WhenAll(stops.Select(stop => stop.Task));
        if (!await EndsWithinAsync(all, options.DrainTimeout))
        {
            LogCancelling(Running(stops), options.DrainTimeout.TotalSeconds);
            await drain.EndAsync();
            if (!await EndsWithinAsync(all, Grace)) LogAbandoned(Running(stops));
            _stuck.AddRange(stops.Where(stop => !stop.Task.IsCompleted).Select(stop => stop.Listener));
        }
        foreach (var (listener, task) in stops.Where(stop => stop.Task.IsFaulted)) LogStopFailed(listener.FunctionName, task.Exception!);
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit)
    {
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(task, Task.Delay(limit, time, over.Token));
        await over.CancelAsync();
        return first == task;
    }

    private static string Running(IEnumerable<(ITriggerListener Listener, Task Task)> stops) =>
        string.Join(", ", stops.Where(stop => !stop.Task.IsCompleted).Select(stop => stop.Listener.FunctionName));

    [LoggerMessage(1, LogLevel.Warning, "Still running after {Seconds} s, now cancelled: {Functions}")]
    private partial void LogCancelling(string functions, double seconds);

    [LoggerMessage(2, LogLevel.Error, "Did not end when cancelled: {Functions}. What triggered them was not acknowledged and will come again.")]
    private partial void LogAbandoned(string functions);

    [LoggerMessage(3, LogLevel.Error, "Function {Function} could not be stopped in good order.")]
    private partial void LogStopFailed(string function, Exception exception);
}
