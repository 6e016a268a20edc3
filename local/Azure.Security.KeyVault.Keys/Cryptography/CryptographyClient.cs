#nullable disable // The real package's public surface is nullable-oblivious.
using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Cryptography;

namespace Azure.Security.KeyVault.Keys.Cryptography;

/// <summary>Operations with one key; without a version in its id, with the newest one. The private part stays in the vault.</summary>
/// <remarks>
/// Every operation looks at the vault anew and may be refused with a <see cref="RequestFailedException"/>: 404 KeyNotFound,
/// 403 Forbidden (inner code KeyDisabled, KeyNotYetValid, KeyExpired or KeyOperationForbidden), 400 BadParameter.
/// </remarks>
public class CryptographyClient : IKeyEncryptionKey
{
    private readonly KeyRing _ring;
    private readonly KeyId _id;

    protected CryptographyClient() { }

    /// <param name="keyId"><c>{vaultUri}keys/{name}/{version}</c></param>
    /// <param name="credential">Not used: whoever may read the folder may use the keys.</param>
    /// <exception cref="ArgumentException">This is no key id.</exception>
    /// <exception cref="NotSupportedException">The vault is in Azure, which this edition cannot reach.</exception>
    public CryptographyClient(Uri keyId, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _id = Keys.KeyId.Parse(keyId);
        _ring = new KeyRing(VaultFolder.At(_id.Vault), TimeProvider.System);
    }

    internal CryptographyClient(KeyRing ring, KeyId id)
    {
        _ring = ring;
        _id = id;
    }

    public virtual string KeyId => _id.Uri.AbsoluteUri;

    /// <param name="algorithm">RSA-OAEP-256 or RSA-OAEP.</param>
    /// <param name="key">The key to wrap, at most 318 bytes for RSA-OAEP-256 with 3072 bits.</param>
    /// <param name="cancellationToken">Not used: the operation takes milliseconds.</param>
    public virtual WrapResult WrapKey(KeyWrapAlgorithm algorithm, byte[] key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Use(KeyOperation.WrapKey, (id, rsa) => new WrapResult(id, RsaAlgorithm.Wrap(rsa, algorithm, key), algorithm));
    }

    /// <inheritdoc cref="WrapKey"/>
    public virtual Task<WrapResult> WrapKeyAsync(KeyWrapAlgorithm algorithm, byte[] key, CancellationToken cancellationToken = default) =>
        Task.Run(() => WrapKey(algorithm, key, cancellationToken), cancellationToken);

    public virtual UnwrapResult UnwrapKey(KeyWrapAlgorithm algorithm, byte[] encryptedKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encryptedKey);
        return Use(KeyOperation.UnwrapKey, (id, rsa) => new UnwrapResult(id, RsaAlgorithm.Unwrap(rsa, algorithm, encryptedKey), algorithm));
    }

    public virtual Task<UnwrapResult> UnwrapKeyAsync(KeyWrapAlgorithm algorithm, byte[] encryptedKey, CancellationToken cancellationToken = default) =>
        Task.Run(() => UnwrapKey(algorithm, encryptedKey, cancellationToken), cancellationToken);

    /// <param name="algorithm">RS256, RS384, RS512, PS256, PS384 or PS512.</param>
    /// <param name="digest">32, 48 or 64 bytes, as the algorithm says.</param>
    /// <param name="cancellationToken">Not used: the operation takes milliseconds.</param>
    public virtual SignResult Sign(SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return Use(KeyOperation.Sign, (id, rsa) => new SignResult(id, RsaAlgorithm.Sign(rsa, algorithm, digest), algorithm));
    }

    /// <inheritdoc cref="Sign"/>
    public virtual Task<SignResult> SignAsync(SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default) =>
        Task.Run(() => Sign(algorithm, digest, cancellationToken), cancellationToken);

    public virtual SignResult SignData(SignatureAlgorithm algorithm, byte[] data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Sign(algorithm, RsaAlgorithm.Hash(algorithm, data), cancellationToken);
    }

    public virtual Task<SignResult> SignDataAsync(SignatureAlgorithm algorithm, byte[] data, CancellationToken cancellationToken = default) =>
        Task.Run(() => SignData(algorithm, data, cancellationToken), cancellationToken);

    /// <inheritdoc cref="Sign"/>
    public virtual VerifyResult Verify(SignatureAlgorithm algorithm, byte[] digest, byte[] signature, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(signature);
        return Use(KeyOperation.Verify, (id, rsa) => new VerifyResult(id, RsaAlgorithm.Verify(rsa, algorithm, digest, signature), algorithm));
    }

    public virtual Task<VerifyResult> VerifyAsync(SignatureAlgorithm algorithm, byte[] digest, byte[] signature, CancellationToken cancellationToken = default) =>
        Task.Run(() => Verify(algorithm, digest, signature, cancellationToken), cancellationToken);

    public virtual VerifyResult VerifyData(SignatureAlgorithm algorithm, byte[] data, byte[] signature, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Verify(algorithm, RsaAlgorithm.Hash(algorithm, data), signature, cancellationToken);
    }

    public virtual Task<VerifyResult> VerifyDataAsync(SignatureAlgorithm algorithm, byte[] data, byte[] signature, CancellationToken cancellationToken = default) =>
        Task.Run(() => VerifyData(algorithm, data, signature, cancellationToken), cancellationToken);

    byte[] IKeyEncryptionKey.WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        WrapKey(new KeyWrapAlgorithm(algorithm), key.ToArray(), cancellationToken).EncryptedKey;

    async Task<byte[]> IKeyEncryptionKey.WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        (await WrapKeyAsync(new KeyWrapAlgorithm(algorithm), key.ToArray(), cancellationToken)).EncryptedKey;

    byte[] IKeyEncryptionKey.UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken) =>
        UnwrapKey(new KeyWrapAlgorithm(algorithm), encryptedKey.ToArray(), cancellationToken).Key;

    async Task<byte[]> IKeyEncryptionKey.UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken) =>
        (await UnwrapKeyAsync(new KeyWrapAlgorithm(algorithm), encryptedKey.ToArray(), cancellationToken)).Key;

    /// <summary>That the key is there, whatever its state.</summary>
    internal void CheckExists() => _ring.Get(_id.Name, _id.Version);

    private T Use<T>(KeyOperation operation, Func<string, RSA, T> work)
    {
        var (header, rsa) = _ring.Use(_id.Name, _id.Version, operation);
        using (rsa)
            return work(new KeyId(_id.Vault, header.Name, header.Version).Uri.AbsoluteUri, rsa);
    }
}
