using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace AIaaS.Pipeline.Keys;

/// <summary>What is asked of a vault key: wrap, unwrap, sign; verifying needs the public part only and happens here.</summary>
/// <remarks>Counts every call to the vault in "aiaas.vault.calls" of the meter "AIaaS.Keys", by "operation".</remarks>
public sealed class VaultOperations
{
    public const string MeterName = "AIaaS.Keys";

    /// <summary>A public key is half a kilobyte; past this many the oldest knowledge is dropped and asked for again.</summary>
    private const int MaxPublicKeys = 1024;

    private readonly KeyClient _client;
    private readonly Counter<long> _calls;
    private readonly ConcurrentDictionary<(string Name, string Version), RSAParameters> _publicKeys = new();

    public VaultOperations(KeyClient client, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _client = client;
        _calls = meters.Create(MeterName).CreateCounter<long>("aiaas.vault.calls", "{call}", "Calls to the key vault.");
    }

    internal Task<KeyVaultKey> CurrentAsync(VaultScope scope, CancellationToken cancellationToken) =>
        CallAsync(scope, "get", async () => (await _client.GetKeyAsync(scope.KeyName, cancellationToken: cancellationToken)).Value, cancellationToken);

    internal Task<KeyVaultKey> NewVersionAsync(VaultScope scope, CancellationToken cancellationToken) =>
        CallAsync(scope, "rotate", async () => (await _client.RotateKeyAsync(scope.KeyName, cancellationToken)).Value, cancellationToken);

    internal Task<byte[]> WrapAsync(VaultScope scope, string version, byte[] key, CancellationToken cancellationToken) =>
        CallAsync(scope, "wrap", async () =>
            (await Crypto(scope, version).WrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, key, cancellationToken)).EncryptedKey, cancellationToken);

    internal Task<byte[]> UnwrapAsync(VaultScope scope, string version, byte[] wrapped, CancellationToken cancellationToken) =>
        CallAsync(scope, "unwrap", async () =>
            (await Crypto(scope, version).UnwrapKeyAsync(KeyWrapAlgorithm.RsaOaep256, wrapped, cancellationToken)).Key, cancellationToken);

    /// <param name="scope">Whose key signs.</param>
    /// <param name="version">Which version of it.</param>
    /// <param name="purpose">Keeps a signature made for one kind of record from passing for another.</param>
    /// <param name="content">What is signed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task<byte[]> SignAsync(VaultScope scope, string version, string purpose, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Digest(purpose, content.Span);
        return CallAsync(scope, "sign", async () =>
            (await Crypto(scope, version).SignAsync(SignatureAlgorithm.PS256, digest, cancellationToken)).Signature, cancellationToken);
    }

    internal async Task<bool> VerifyAsync(
        VaultScope scope, string version, string purpose, ReadOnlyMemory<byte> content, byte[] signature, CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(await PublicKeyAsync(scope, version, cancellationToken));
        return rsa.VerifyHash(Digest(purpose, content.Span), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    internal async Task<T> CallAsync<T>(VaultScope scope, string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        _calls.Add(1, new KeyValuePair<string, object?>("operation", operation));
        return await VaultFault.GuardAsync(scope, call, cancellationToken);
    }

    // A version's public part never changes, so it is asked for once.
    private async Task<RSAParameters> PublicKeyAsync(VaultScope scope, string version, CancellationToken cancellationToken)
    {
        if (_publicKeys.TryGetValue((scope.KeyName, version), out var known)) return known;
        var key = await CallAsync(scope, "get", async () => (await _client.GetKeyAsync(scope.KeyName, version, cancellationToken)).Value, cancellationToken);
        using var rsa = key.Key.ToRSA();
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        if (_publicKeys.Count >= MaxPublicKeys) _publicKeys.Clear();
        return _publicKeys.GetOrAdd((scope.KeyName, version), parameters);
    }

    // Only name and version go into the address, always in the configured vault: ids found in stored data are never followed.
    private CryptographyClient Crypto(VaultScope scope, string version) => _client.GetCryptographyClient(scope.KeyName, version);

    private static byte[] Digest(string purpose, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(purpose));
        hash.AppendData([0]);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
