using Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Runs a timer function when it is due. Every process waits for the same moment; the one that gets the lease and finds
/// the run not yet done does it. A run that ends with its process is not recorded, and so is past due at the next start.
/// </summary>
internal sealed partial class TimerListener : ITriggerListener, IDisposable
{
    /// <summary>Longest single wait; timers of the runtime end at 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    private readonly FunctionDescriptor _function;
    private readonly TimerTrigger _trigger;
    private readonly TimerState _state;
    private readonly FunctionRunner _runner;
    private readonly Drain _drain;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public TimerListener(
        FunctionDescriptor function, TimerTrigger trigger, StorageConnections connections, IConfiguration configuration,
        FunctionRunner runner, Drain drain, TimeProvider time, ILoggerFactory loggers)
    {
        _function = function;
        _trigger = trigger;
        _runner = runner;
        _drain = drain;
        _time = time;
        _logger = loggers.CreateLogger($"Host.Triggers.Timer.{function.Name}");
        _state = new TimerState(connections.HostState, HostId.Of(configuration), function.Name);
    }

    public string FunctionName => _function.Name;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        var status = await _state.ReadOrCreateAsync(new ScheduleStatus { Next = _trigger.Schedule.After(now), LastUpdated = now }, cancellationToken);

        // Not from Next: the schedule may have been changed since that was written.
        var missed = _trigger.Schedule.After(status.Last == default ? status.LastUpdated : status.Last);
        var isPastDue = _trigger.UseMonitor && missed <= now;
        _loop = LoopAsync(_trigger.RunOnStartup || isPastDue ? new Run(_trigger.RunOnStartup ? null : missed, isPastDue) : null);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync(Run? atOnce)
    {
        try
        {
            if (atOnce is not null) await RunUntilRecordedAsync(atOnce);
            var due = _trigger.Schedule.After(Now());
            while (true)
            {
                await WaitAsync(due);
                await RunUntilRecordedAsync(new Run(due, IsPastDue: false));
                due = _trigger.Schedule.After(Now() > due ? Now() : due);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped between two runs.
        }
    }

    private async Task WaitAsync(DateTime due)
    {
        while (due - Now() is { Ticks: > 0 } left) await Task.Delay(left < LongestWait ? left : LongestWait, _time, _stop.Token);
    }

    /// <summary>Storage that does not answer is asked again: a due run is not lost to it.</summary>
    private async Task RunUntilRecordedAsync(Run run)
    {
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            try
            {
                await RunOnceAsync(run);
                return;
            }
            catch (Exception exception) when (exception is RequestFailedException or AggregateException or IOException)
            {
                LogStorageFailed(exception);
                await Task.Delay(StorageRetry, _time, _stop.Token);
            }
        }
    }

    private async Task RunOnceAsync(Run run)
    {
        await using var lease = await _state.TryHoldAsync(_stop.Token);
        if (lease is null)
        {
            LogElsewhere();
            return;
        }
        var status = await _state.ReadAsync(_stop.Token);
        if (status.Last >= run.Due)
        {
            LogElsewhere();
            return;
        }
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_drain.Token, lease.Lost);
        var timer = new TimerInfo { ScheduleStatus = status, IsPastDue = run.IsPastDue };
        var began = Now();
        try
        {
            await _runner.RunAsync(_function, traceParent: null, services => new TimerInvocationContext(_function, services, timer, cancelled.Token));
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return; // Not recorded: past due at the next start.
        }
        catch (Exception)
        {
            // Logged by the runner. As in Functions a failed run is not repeated before it is due again.
        }
        await _state.WriteAsync(new ScheduleStatus { Last = began, Next = _trigger.Schedule.After(Now()), LastUpdated = Now() }, lease, CancellationToken.None);
    }

    /// <param name="Due">The moment the run is for; it is skipped where one began since. Null: run in any case.</param>
    /// <param name="IsPastDue">Whether no host was running when it was due.</param>
    private sealed record Run(DateTime? Due, bool IsPastDue);

    private DateTime Now() => _time.GetUtcNow().UtcDateTime;

    [LoggerMessage(1, LogLevel.Debug, "The timer is run by another process this time.")]
    private partial void LogElsewhere();

    [LoggerMessage(2, LogLevel.Warning, "The timer's state could not be read or written; trying again.")]
    private partial void LogStorageFailed(Exception exception);
}
