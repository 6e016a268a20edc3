using System.Security.Cryptography;

namespace AIaaS.Pipeline.Keys;

/// <summary>An unwrapped content key in the ring, zeroed by a timer when its time is up. Users take copies, so none is zeroed under them.</summary>
internal sealed class CachedContentKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _id;
    private readonly string _vaultKeyVersion;
    private readonly byte[] _key = ContentKey.NewBuffer();
    private readonly ITimer _expiry;
    private bool _gone;

    public CachedContentKey(string id, string vaultKeyVersion, ReadOnlySpan<byte> key, TimeSpan lifetime, TimeProvider time)
    {
        _id = id;
        _vaultKeyVersion = vaultKeyVersion;
        key.CopyTo(_key);
        _gone = lifetime <= TimeSpan.Zero;
        _expiry = time.CreateTimer(static state => ((CachedContentKey)state!).Dispose(), this, _gone ? TimeSpan.Zero : lifetime, Timeout.InfiniteTimeSpan);
    }

    /// <returns>Null when the key has expired.</returns>
    public ContentKey? TryCopy()
    {
        lock (_gate) return _gone ? null : new ContentKey(_id, _vaultKeyVersion, _key);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _gone = true;
            CryptographicOperations.ZeroMemory(_key);
        }
        _expiry?.Dispose();
    }
}
