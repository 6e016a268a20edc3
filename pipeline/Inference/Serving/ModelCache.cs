using System.Collections.Concurrent;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>
/// The models in memory, under a byte limit: what was used longest ago goes first, what is in use never goes.
/// However many ask for a version at once, it is loaded once.
/// </summary>
public sealed class ModelCache(ModelLoader loader, ModelCacheOptions options, TimeProvider clock) : IDisposable
{
    private const int ConcurrentLoads = 2;

    private readonly ConcurrentDictionary<VersionKey, LoadedModel> _loaded = new();
    private readonly ConcurrentDictionary<VersionKey, Lazy<Task>> _loading = new();
    private readonly SemaphoreSlim _loads = new(ConcurrentLoads);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Counted bytes of all models in memory and on their way into it.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Models in memory.</summary>
    public int Count => _loaded.Count;

    /// <summary>The names of the models that have a version in memory.</summary>
    public IReadOnlyCollection<string> Models => [.. _loaded.Keys.Select(key => key.Model).Distinct(StringComparer.Ordinal)];

    /// <summary>A lease when the version is in memory already; allocates nothing.</summary>
    public bool TryAcquire(ModelVersion version, out ModelLease lease)
    {
        if (_loaded.TryGetValue(VersionKey.Of(version), out var model) && model.TryEnter(clock.GetTimestamp()))
        {
            lease = new ModelLease(model);
            return true;
        }
        lease = default;
        return false;
    }

    /// <summary>A lease, after loading where needed. A cancelled caller leaves the load to the others.</summary>
    /// <exception cref="PipelineException">ModelUnavailable when the limit leaves no room; what <see cref="ModelLoader.LoadAsync"/> throws.</exception>
    public async ValueTask<ModelLease> AcquireAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(version, out var lease)) return lease;
            await LoadOnceAsync(version).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Drops every version of a model: at once for new requests, from memory when those under way have ended.</summary>
    public void Evict(string model)
    {
        foreach (var key in _loaded.Keys.Where(key => key.Model == model)) Remove(key);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        foreach (var key in _loaded.Keys) Remove(key);
        _disposed.Dispose();
        _loads.Dispose();
    }

    private Task LoadOnceAsync(ModelVersion version)
    {
        var key = VersionKey.Of(version);
        return _loading.GetOrAdd(key, _ => new Lazy<Task>(() => LoadAsync(key, version))).Value;
    }

    private async Task LoadAsync(VersionKey key, ModelVersion version)
    {
        var stop = _disposed.Token;
        try
        {
            await _loads.WaitAsync(stop);
            try
            {
                if (!_loaded.ContainsKey(key)) await LoadNowAsync(key, version, stop);
            }
            finally
            {
                _loads.Release();
            }
        }
        finally
        {
            _loading.TryRemove(key, out _);
        }
    }

    private async Task LoadNowAsync(VersionKey key, ModelVersion version, CancellationToken stop)
    {
        var cost = ModelCacheOptions.CostOf(version.SizeBytes);
        Reserve(version, cost);
        var kept = false;
        try
        {
            var model = await loader.LoadAsync(version, stop);
            try
            {
                _loaded[key] = new LoadedModel(version, model, cost, clock.GetTimestamp());
                kept = true;
            }
            finally
            {
                if (!kept) model.Dispose();
            }
        }
        finally
        {
            if (!kept) Interlocked.Add(ref _bytes, -cost);
        }
    }

    private void Reserve(ModelVersion version, long cost)
    {
        if (cost > options.Bytes)
        {
            throw new PipelineException(ProblemCodes.ModelUnavailable,
                $"Model '{version.Model}' takes {cost} bytes of memory, the limit for all models is {options.Bytes}. Raise Inference__CacheBytes.");
        }
        lock (_lock)
        {
            while (_bytes + cost > options.Bytes)
            {
                var oldest = _loaded.Values.Where(model => model.IsIdle).MinBy(model => model.LastUsed);
                if (oldest is null)
                {
                    throw new PipelineException(ProblemCodes.ModelUnavailable,
                        $"There is no memory for model '{version.Model}' while {_loaded.Count} others are in use. Try again, or raise Inference__CacheBytes.");
                }
                Remove(VersionKey.Of(oldest.Version));
            }
            Interlocked.Add(ref _bytes, cost);
        }
    }

    private void Remove(VersionKey key)
    {
        if (!_loaded.TryRemove(key, out var model)) return;
        Interlocked.Add(ref _bytes, -model.Cost);
        model.Leave();
    }

    /// <summary>A deleted and recreated model starts again at version 1: the digest tells them apart.</summary>
    private readonly record struct VersionKey(string Model, int Version, string Sha256)
    {
        public static VersionKey Of(ModelVersion version) => new(version.Model, version.Version, version.ModelSha256);
    }
}
