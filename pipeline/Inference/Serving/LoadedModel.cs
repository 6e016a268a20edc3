using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>One version in memory. Used through leases only: its session is freed when it was evicted and the last lease has ended.</summary>
public sealed class LoadedModel
{
    // Leases, plus one for the cache itself until it evicts the model.
    private int _users = 1;
    private long _lastUsed;

    internal LoadedModel(ModelVersion version, OnnxModel model, long cost, long now)
    {
        Version = version;
        VersionText = version.Version.ToString();
        Model = model;
        Signature = ModelSignature.Of(model);
        Cost = cost;
        _lastUsed = now;
    }

    public ModelVersion Version { get; }

    /// <summary>As the protocol names versions.</summary>
    public string VersionText { get; }

    public ModelSignature Signature { get; }

    /// <summary>Bytes it is counted as.</summary>
    internal long Cost { get; }

    internal OnnxModel Model { get; }

    internal bool IsIdle => Volatile.Read(ref _users) == 1;

    internal long LastUsed => Volatile.Read(ref _lastUsed);

    /// <returns>False once it was evicted and freed.</returns>
    internal bool TryEnter(long now)
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

    internal void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0) Model.Dispose();
    }
}

/// <summary>The right to use a model until disposed, exactly once.</summary>
public readonly record struct ModelLease(LoadedModel Model) : IDisposable
{
    public void Dispose() => Model.Leave();
}
