using System.Collections.Concurrent;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>
/// Things in memory under a byte limit, used through leases: what was used longest ago goes first, what is in use never goes.
/// However many ask for a thing at once, it is loaded once.
/// </summary>
/// <param name="limit">Bytes of all together.</param>
/// <param name="setting">Names the limit, for errors.</param>
/// <param name="clock">Says what was used when.</param>
internal sealed class LeasedCache<TKey, TValue>(long limit, string setting, TimeProvider clock) : IDisposable
    where TKey : notnull
    where TValue : class, IDisposable
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ConcurrentDictionary<TKey, Lazy<Task>> _loading = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Of what is in memory or on its way into it.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public IReadOnlyCollection<TKey> Keys => [.. _entries.Keys];

    public bool TryAcquire(TKey key, out Lease<TValue> lease)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.TryEnter(clock.GetTimestamp()))
        {
            lease = new Lease<TValue>(entry.Value, entry.Leave);
            return true;
        }
        lease = null!;
        return false;
    }

    /// <param name="key">What is wanted.</param>
    /// <param name="load">Brings it into memory, after it has said, once, how many bytes that takes; a cancelled caller leaves the load to the others.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PipelineException">Busy: what is in use leaves no room. What the load throws.</exception>
    public async Task<Lease<TValue>> AcquireAsync(TKey key, Func<Action<long>, CancellationToken, Task<TValue>> load, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(key, out var lease)) return lease;
            await _loading.GetOrAdd(key, _ => new Lazy<Task>(() => LoadAsync(key, load))).Value.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Drops things: at once for new leases, from memory when those there are have ended.</summary>
    public void Evict(Func<TKey, bool> which)
    {
        foreach (var key in _entries.Keys.Where(which)) Remove(key);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        Evict(_ => true);
        _disposed.Dispose();
    }

    private async Task LoadAsync(TKey key, Func<Action<long>, CancellationToken, Task<TValue>> load)
    {
        var cost = 0L;
        var kept = false;
        try
        {
            if (_entries.ContainsKey(key)) return;
            // Off the caller's stack: a load may compute long before it first waits.
            var value = await Task.Run(() => load(bytes => cost = Reserve(bytes), _disposed.Token));
            _entries[key] = new Entry(value, cost, clock.GetTimestamp());
            kept = true;
        }
        finally
        {
            if (!kept) Interlocked.Add(ref _bytes, -cost);
            _loading.TryRemove(key, out _);
        }
    }

    private long Reserve(long cost)
    {
        if (cost > limit) throw Full($"It takes {cost} bytes of memory, more than the limit of {limit} for all. Raise {setting}.");
        lock (_lock)
        {
            while (_bytes + cost > limit)
            {
                var idle = _entries.Where(pair => pair.Value.IsIdle).ToList();
                if (idle.Count == 0) throw Full($"There is no room for {cost} bytes while others are in use. Try again, or raise {setting}.");
                Remove(idle.MinBy(pair => pair.Value.LastUsed).Key);
            }
            Interlocked.Add(ref _bytes, cost);
            return cost;
        }
    }

    private void Remove(TKey key)
    {
        if (!_entries.TryRemove(key, out var entry)) return;
        Interlocked.Add(ref _bytes, -entry.Cost);
        entry.Leave();
    }

    private static PipelineException Full(string detail) => new(ProblemCodes.Busy, detail);

    private sealed class Entry(TValue value, long cost, long now)
    {
        // Leases, plus one for the cache itself.
        private int _users = 1;
        private long _lastUsed = now;

        public TValue Value => value;

        public long Cost => cost;

        public bool IsIdle => Volatile.Read(ref _users) == 1;

        public long LastUsed => Volatile.Read(ref _lastUsed);

        public bool TryEnter(long now)
        {
            var users = Volatile.Read(ref _users);
            while (users > 0)
            {
                var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
                if (seen == users)
                {
                    Volatile.Write(ref _lastUsed, now);
                    return true;
                }
                users = seen;
            }
            return false;
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _users) == 0) value.Dispose();
        }
    }
}
