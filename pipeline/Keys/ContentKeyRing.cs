using System.Security.Cryptography;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Keys;

/// <summary>One 256-bit content key per scope, unwrapped by the vault at most once per <see cref="Lifetime"/> and process.</summary>
/// <remarks>
/// A key that is disabled or deleted in the vault therefore stops every reader and writer within <see cref="Lifetime"/>.
/// Failures are never remembered. Keys are zeroed when their time is up.
/// </remarks>
public sealed class ContentKeyRing(VaultOperations vault, ContentKeyRecords records, KeyCreation creation, TimeProvider time) : IDisposable
{
    internal const string SignaturePurpose = "aiaas content key v1";
    internal const string RsaOaep256 = "RSA-OAEP-256";

    /// <summary>How long an unwrapped key may be used before the vault is asked again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The vault's client retries within this; callers may stop waiting earlier by their own token.</summary>
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<VaultScope, Task<CachedContentKey?>> _keys = [];

    /// <returns>A copy, to be disposed.</returns>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, IntegrityFailed.</exception>
    internal async Task<ContentKey> GetAsync(VaultScope scope, CancellationToken cancellationToken) =>
        await FindAsync(scope, cancellationToken) ?? throw VaultFault.NoKey(scope);

    /// <summary>Makes vault key and content key at the first use of a scope; of racing makers one wins and all use its key.</summary>
    internal async Task<ContentKey> GetOrCreateAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(scope, cancellationToken) is { } key) return key;
            await CreateAsync(scope, cancellationToken);
        }
    }

    /// <summary>Drops the cached key: the next use asks the vault.</summary>
    internal void Forget(VaultScope scope)
    {
        lock (_gate)
        {
            if (_keys.Remove(scope, out var load)) Release(load);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var load in _keys.Values) Release(load);
            _keys.Clear();
        }
    }

    private async Task<ContentKey?> FindAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<CachedContentKey?> load;
            lock (_gate)
            {
                if (!_keys.TryGetValue(scope, out load!))
                {
                    // Not the caller's token: others wait for the same unwrap.
                    load = LoadForAllAsync(scope);
                    _keys[scope] = load;
                }
            }
            CachedContentKey? cached;
            try
            {
                cached = await load.WaitAsync(cancellationToken);
            }
            catch (Exception) when (load.IsFaulted || load.IsCanceled)
            {
                Drop(scope, load);
                throw;
            }
            if (cached is null)
            {
                Drop(scope, load);
                return null;
            }
            if (cached.TryCopy() is { } copy) return copy;
            Drop(scope, load);
        }
    }

    private async Task<CachedContentKey?> LoadForAllAsync(VaultScope scope)
    {
        await Task.Yield(); // the gate is held by the caller
        using var timeout = new CancellationTokenSource(LoadTimeout, time);
        try
        {
            return await LoadAsync(scope, timeout.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw VaultFault.Unavailable(scope, exception);
        }
    }

    private async Task<CachedContentKey?> LoadAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (await records.ReadAsync(scope, cancellationToken) is not var (record, _)) return null;
        var key = await UnwrapAsync(scope, record, cancellationToken);
        try
        {
            return new CachedContentKey(record.ContentKeyId, record.KeyVersion, key, Lifetime - time.GetElapsedTime(started), time);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Verifies the record's signature, then unwraps. The caller zeroes the result.</summary>
    internal async Task<byte[]> UnwrapAsync(VaultScope scope, ContentKeyRecord record, CancellationToken cancellationToken)
    {
        if (record.Algorithm != RsaOaep256 || !await vault.VerifyAsync(
                scope, record.KeyVersion, SignaturePurpose, record.SignedBytes(), record.Signature, cancellationToken))
            throw VaultFault.Integrity(scope);
        var key = await vault.UnwrapAsync(scope, record.KeyVersion, record.Wrapped, cancellationToken);
        return key.Length == ContentKey.Bytes ? key : throw VaultFault.Integrity(scope);
    }

    internal async Task<ContentKeyRecord> WrapAsync(VaultScope scope, string keyVersion, string contentKeyId, byte[] key, CancellationToken cancellationToken)
    {
        var wrapped = await vault.WrapAsync(scope, keyVersion, key, cancellationToken);
        var record = new ContentKeyRecord(scope.KeyName, keyVersion, contentKeyId, RsaOaep256, wrapped, []);
        var signature = await vault.SignAsync(scope, keyVersion, SignaturePurpose, record.SignedBytes(), cancellationToken);
        return record with { Signature = signature };
    }

    private async Task CreateAsync(VaultScope scope, CancellationToken cancellationToken)
    {
        var vaultKey = await creation.EnsureAsync(scope, cancellationToken);
        var key = ContentKey.NewBuffer();
        RandomNumberGenerator.Fill(key);
        try
        {
            var id = $"{scope.KeyName}/{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
            await records.InsertAsync(scope, await WrapAsync(scope, vaultKey.Properties.Version, id, key, cancellationToken), cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private void Drop(VaultScope scope, Task<CachedContentKey?> load)
    {
        lock (_gate)
        {
            if (_keys.TryGetValue(scope, out var current) && current == load) _keys.Remove(scope);
        }
    }

    private static void Release(Task<CachedContentKey?> load) =>
        _ = load.ContinueWith(
            static done => { if (done.IsCompletedSuccessfully) done.Result?.Dispose(); },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
