using System.Security.Cryptography;
using Azure.Core.Cryptography;

namespace AIaaS.Pipeline.Keys;

/// <summary>A borrowed copy of a scope's 256-bit content key: wraps the key that the storage client makes for each blob.</summary>
/// <remarks>AES key wrap with padding (RFC 5649). Disposing it zeroes the copy; the memory is pinned so that the collector leaves no other.</remarks>
internal sealed class ContentKey : IKeyEncryptionKey, IDisposable
{
    /// <summary>As in RFC 7518's registry style; the storage client writes it into the blob's metadata.</summary>
    public const string WrapAlgorithm = "A256KWP";

    public const int Bytes = 32;

    private readonly byte[] _key = NewBuffer();

    /// <param name="id">See <see cref="ContentKeyRecord.ContentKeyId"/>.</param>
    /// <param name="vaultKeyVersion">The vault key version that wraps it now.</param>
    /// <param name="key">32 bytes, copied.</param>
    public ContentKey(string id, string vaultKeyVersion, ReadOnlySpan<byte> key)
    {
        KeyId = id;
        VaultKeyVersion = vaultKeyVersion;
        key.CopyTo(_key);
    }

    public string KeyId { get; }

    public string VaultKeyVersion { get; }

    public static byte[] NewBuffer() => GC.AllocateArray<byte>(Bytes, pinned: true);

    public byte[] WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        using var aes = Aes(algorithm);
        return aes.EncryptKeyWrapPadded(key.Span);
    }

    public byte[] UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
    {
        using var aes = Aes(algorithm);
        return aes.DecryptKeyWrapPadded(encryptedKey.Span);
    }

    public Task<byte[]> WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        Task.FromResult(WrapKey(algorithm, key, cancellationToken));

    public Task<byte[]> UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(UnwrapKey(algorithm, encryptedKey, cancellationToken));

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private Aes Aes(string algorithm)
    {
        if (algorithm != WrapAlgorithm) throw new CryptographicException("The key wrap algorithm is not the one this key uses.");
        var aes = System.Security.Cryptography.Aes.Create();
        aes.SetKey(_key);
        return aes;
    }
}
