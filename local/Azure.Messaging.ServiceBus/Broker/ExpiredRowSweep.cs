using System.Collections.Concurrent;

namespace Azure.Messaging.ServiceBus;

/// <summary>Deletes rows past their time, at most once a minute and queue, beside the sends that ask for it.</summary>
internal sealed class ExpiredRowSweep(BrokerTable table, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;

    public void Ask(string queue)
    {
        var now = time.GetUtcNow();
        var due = _due.GetOrAdd(queue, now);
        if (due > now || !_due.TryUpdate(queue, now + s_interval, due))
            return;
        lock (_gate)
        {
            if (_running.IsCompleted && !_stop.IsCancellationRequested)
                _running = Task.Run(() => SweepQuietlyAsync(queue));
        }
    }

    /// <returns>How many rows were deleted.</returns>
    public async Task<int> SweepAsync(string queue, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var partition in (string[])[DuplicateLog.Partition(queue), ScheduleLog.Partition(queue)])
        {
            while (await table.ExpiredAsync(partition, time.GetUtcNow(), cancellationToken) is { Count: > 0 } rows)
            {
                // A row that another process renewed or deleted stops the batch; the next sweep takes the others.
                if (!await table.DeleteAllAsync(rows, cancellationToken))
                    break;
                deleted += rows.Count;
            }
        }
        return deleted;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task SweepQuietlyAsync(string queue)
    {
        try
        {
            await SweepAsync(queue, _stop.Token);
        }
        catch (Exception exception) when (exception is ServiceBusException or OperationCanceledException)
        {
            // Rows left behind cost space only, and the next sweep finds them again.
        }
    }
}
