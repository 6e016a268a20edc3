#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>The keys of one vault, which in this edition is a folder. Thread-safe, and safe between processes.</summary>
public class KeyClient
{
    protected KeyClient() { }

    /// <param name="vaultUri">A folder as <c>file:///abs/folder/</c>; it is made when first written to.</param>
    /// <param name="credential">Not used: whoever may read the folder may use the keys.</param>
    public KeyClient(Uri vaultUri, TokenCredential credential) => throw new NotImplementedException();

    public virtual Uri VaultUri => throw new NotImplementedException();

    public virtual Task<Response<KeyVaultKey>> CreateKeyAsync(string name, KeyType keyType, CreateKeyOptions keyOptions = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response<KeyVaultKey>> CreateRsaKeyAsync(CreateRsaKeyOptions rsaKeyOptions, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Response<KeyVaultKey> GetKey(string name, string version = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response<KeyVaultKey>> GetKeyAsync(string name, string version = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual AsyncPageable<KeyProperties> GetPropertiesOfKeysAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual AsyncPageable<KeyProperties> GetPropertiesOfKeyVersionsAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response<KeyVaultKey>> RotateKeyAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response<KeyVaultKey>> UpdateKeyPropertiesAsync(KeyProperties properties, IEnumerable<KeyOperation> keyOperations = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<DeleteKeyOperation> StartDeleteKeyAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<RecoverDeletedKeyOperation> StartRecoverDeletedKeyAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response<DeletedKey>> GetDeletedKeyAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<Response> PurgeDeletedKeyAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual CryptographyClient GetCryptographyClient(string keyName, string keyVersion = null) => throw new NotImplementedException();
}
