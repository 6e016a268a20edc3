#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;
using Azure.Core.Cryptography;

namespace Azure.Security.KeyVault.Keys.Cryptography;

/// <summary>Operations with one key; without a version in its id, with the newest one. The private part stays in the vault.</summary>
public class CryptographyClient : IKeyEncryptionKey
{
    protected CryptographyClient() { }

    /// <param name="keyId"><c>{vaultUri}keys/{name}/{version}</c></param>
    /// <param name="credential">Not used: whoever may read the folder may use the keys.</param>
    public CryptographyClient(Uri keyId, TokenCredential credential) => throw new NotImplementedException();

    public virtual string KeyId => throw new NotImplementedException();

    public virtual WrapResult WrapKey(KeyWrapAlgorithm algorithm, byte[] key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<WrapResult> WrapKeyAsync(KeyWrapAlgorithm algorithm, byte[] key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual UnwrapResult UnwrapKey(KeyWrapAlgorithm algorithm, byte[] encryptedKey, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<UnwrapResult> UnwrapKeyAsync(KeyWrapAlgorithm algorithm, byte[] encryptedKey, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual SignResult Sign(SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<SignResult> SignAsync(SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual SignResult SignData(SignatureAlgorithm algorithm, byte[] data, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<SignResult> SignDataAsync(SignatureAlgorithm algorithm, byte[] data, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual VerifyResult Verify(SignatureAlgorithm algorithm, byte[] digest, byte[] signature, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<VerifyResult> VerifyAsync(SignatureAlgorithm algorithm, byte[] digest, byte[] signature, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual VerifyResult VerifyData(SignatureAlgorithm algorithm, byte[] data, byte[] signature, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<VerifyResult> VerifyDataAsync(SignatureAlgorithm algorithm, byte[] data, byte[] signature, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    byte[] IKeyEncryptionKey.WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        WrapKey(new KeyWrapAlgorithm(algorithm), key.ToArray(), cancellationToken).EncryptedKey;

    async Task<byte[]> IKeyEncryptionKey.WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        (await WrapKeyAsync(new KeyWrapAlgorithm(algorithm), key.ToArray(), cancellationToken)).EncryptedKey;

    byte[] IKeyEncryptionKey.UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken) =>
        UnwrapKey(new KeyWrapAlgorithm(algorithm), encryptedKey.ToArray(), cancellationToken).Key;

    async Task<byte[]> IKeyEncryptionKey.UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken) =>
        (await UnwrapKeyAsync(new KeyWrapAlgorithm(algorithm), encryptedKey.ToArray(), cancellationToken)).Key;
}
