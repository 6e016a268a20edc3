#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;
using Azure.Core.Cryptography;

namespace Azure.Security.KeyVault.Keys.Cryptography;

/// <summary>Finds the key of an id that stands in stored data. The id is followed as it is: take only ids that you trust.</summary>
public class KeyResolver : IKeyEncryptionKeyResolver
{
    private readonly TokenCredential _credential;



    public KeyResolver(TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
    }

    /// <exception cref="RequestFailedException">404 KeyNotFound: the vault has no such key.</exception>
    /// <exception cref="ArgumentException">This is no key id.</exception>
    public virtual CryptographyClient Resolve(Uri keyId, CancellationToken cancellationToken = default)
    {
        var client = new CryptographyClient(keyId, _credential);
        client.CheckExists();
        return client;
    }

    /// <inheritdoc cref="Resolve(Uri, CancellationToken)"/>
    public virtual Task<CryptographyClient> ResolveAsync(Uri keyId, CancellationToken cancellationToken = default) =>
        Task.Run(() => Resolve(keyId, cancellationToken), cancellationToken);

    IKeyEncryptionKey IKeyEncryptionKeyResolver.Resolve(string keyId, CancellationToken cancellationToken) =>
        Resolve(new Uri(keyId), cancellationToken);

    async Task<IKeyEncryptionKey> IKeyEncryptionKeyResolver.ResolveAsync(string keyId, CancellationToken cancellationToken) =>
        await ResolveAsync(new Uri(keyId), cancellationToken);
}
