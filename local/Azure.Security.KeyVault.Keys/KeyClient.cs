#nullable disable // The real package's public surface is nullable-oblivious.
using Azure.Core;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>The keys of one vault, which in this edition is a folder. Thread-safe, and safe between processes.</summary>
/// <remarks>Refusals are <see cref="RequestFailedException"/>s with the status and error code that Key Vault would give.</remarks>
public class KeyClient
{
    private readonly KeyRing _ring;

    protected KeyClient() { }

    /// <param name="vaultUri">A folder as <c>file:///abs/folder/</c>; it is made when first written to.</param>
    /// <param name="credential">Not used: whoever may read the folder may use the keys.</param>
    /// <exception cref="NotSupportedException">The vault is in Azure, which this edition cannot reach.</exception>
    public KeyClient(Uri vaultUri, TokenCredential credential) : this(vaultUri, credential, TimeProvider.System) { }

    internal KeyClient(Uri vaultUri, TokenCredential credential, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _ring = new KeyRing(VaultFolder.At(vaultUri), time);
    }

    public virtual Uri VaultUri => _ring.Folder.Uri;

    /// <exception cref="RequestFailedException">400 for another type than RSA, 409 while a deleted key has the name.</exception>
    public virtual Task<Response<KeyVaultKey>> CreateKeyAsync(string name, KeyType keyType, CreateKeyOptions keyOptions = null, CancellationToken cancellationToken = default) =>
        CreateAsync(name, KeyRules.Describe(keyType, (keyOptions as CreateRsaKeyOptions)?.KeySize, keyOptions), cancellationToken);

    /// <inheritdoc cref="CreateKeyAsync"/>
    public virtual Task<Response<KeyVaultKey>> CreateRsaKeyAsync(CreateRsaKeyOptions rsaKeyOptions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rsaKeyOptions);
        return CreateAsync(rsaKeyOptions.Name, KeyRules.Describe(rsaKeyOptions.KeyType, rsaKeyOptions.KeySize, rsaKeyOptions), cancellationToken);
    }

    /// <exception cref="RequestFailedException">404 KeyNotFound.</exception>
    public virtual Response<KeyVaultKey> GetKey(string name, string version = null, CancellationToken cancellationToken = default) =>
        Answer(_ring.Get(name, string.IsNullOrEmpty(version) ? null : version).ToKey(VaultUri));

    /// <inheritdoc cref="GetKey"/>
    public virtual Task<Response<KeyVaultKey>> GetKeyAsync(string name, string version = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => GetKey(name, version, cancellationToken), cancellationToken);

    /// <summary>The newest version of each key that is not deleted; the ids are without version.</summary>
    public virtual AsyncPageable<KeyProperties> GetPropertiesOfKeysAsync(CancellationToken cancellationToken = default) =>
        Pages(() => _ring.Newest().Select(key => key.Properties(VaultUri, withVersion: false)));

    /// <summary>Oldest first.</summary>
    public virtual AsyncPageable<KeyProperties> GetPropertiesOfKeyVersionsAsync(string name, CancellationToken cancellationToken = default) =>
        Pages(() => _ring.Versions(name).Select(key => key.Properties(VaultUri)));

    /// <summary>Makes a new version of the same size; older versions stay usable.</summary>
    /// <inheritdoc cref="GetKey"/>
    public virtual async Task<Response<KeyVaultKey>> RotateKeyAsync(string name, CancellationToken cancellationToken = default)
    {
        var key = await _ring.CreateAsync(name, newest => KeyRules.Rotated(newest ?? throw VaultFault.KeyNotFound(name, version: null)), cancellationToken);
        return Answer(key.ToKey(VaultUri));
    }

    /// <summary>Changes the version that the properties name, or the newest one. What is null stays.</summary>
    /// <inheritdoc cref="GetKey"/>
    public virtual async Task<Response<KeyVaultKey>> UpdateKeyPropertiesAsync(KeyProperties properties, IEnumerable<KeyOperation> keyOperations = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var operations = keyOperations?.Select(operation => operation.ToString()).ToArray();
        var changed = await _ring.ChangeAsync(
            properties.Name,
            properties.Version,
            key => key with
            {
                Enabled = properties.Enabled ?? key.Enabled,
                NotBefore = properties.NotBefore ?? key.NotBefore,
                ExpiresOn = properties.ExpiresOn ?? key.ExpiresOn,
                KeyOps = operations ?? key.KeyOps,
                Tags = properties.HasTags ? new SortedDictionary<string, string>(properties.Tags, StringComparer.Ordinal) : key.Tags,
            },
            cancellationToken);
        return Answer(changed.ToKey(VaultUri));
    }

    /// <summary>Deletes all versions; they can be recovered until they are purged.</summary>
    /// <inheritdoc cref="GetKey"/>
    public virtual async Task<DeleteKeyOperation> StartDeleteKeyAsync(string name, CancellationToken cancellationToken = default)
    {
        await _ring.DeleteAsync(name, cancellationToken);
        return new DeleteKeyOperation(await GetDeletedKeyAsync(name, cancellationToken));
    }

    /// <inheritdoc cref="GetKey"/>
    public virtual async Task<RecoverDeletedKeyOperation> StartRecoverDeletedKeyAsync(string name, CancellationToken cancellationToken = default)
    {
        await _ring.RecoverAsync(name, cancellationToken);
        return new RecoverDeletedKeyOperation(await GetKeyAsync(name, cancellationToken: cancellationToken));
    }

    /// <inheritdoc cref="GetKey"/>
    public virtual Task<Response<DeletedKey>> GetDeletedKeyAsync(string name, CancellationToken cancellationToken = default) =>
        Task.Run(
            () =>
            {
                var (key, deletedOn) = _ring.GetDeleted(name);
                return Response.FromValue(key.ToDeletedKey(VaultUri, deletedOn), VaultResponse.Ok);
            },
            cancellationToken);

    /// <summary>Destroys a deleted key: what it wrapped can never be read again.</summary>
    /// <inheritdoc cref="GetKey"/>
    public virtual async Task<Response> PurgeDeletedKeyAsync(string name, CancellationToken cancellationToken = default)
    {
        await _ring.PurgeAsync(name, cancellationToken);
        return VaultResponse.Ok;
    }

    public virtual CryptographyClient GetCryptographyClient(string keyName, string keyVersion = null)
    {
        KeyId.Check(keyName, keyVersion);
        return new CryptographyClient(_ring, new KeyId(VaultUri, keyName, keyVersion));
    }

    private static Response<KeyVaultKey> Answer(KeyVaultKey key) => Response.FromValue(key, VaultResponse.Ok);

    private static AsyncPageable<KeyProperties> Pages(Func<IEnumerable<KeyProperties>> read)
    {
        return AsyncPageable<KeyProperties>.FromPages(Read());

        // Lazy, as a listing over HTTP is: nothing is read before somebody enumerates.
        IEnumerable<Page<KeyProperties>> Read()
        {
            yield return Page<KeyProperties>.FromValues([.. read()], continuationToken: null, VaultResponse.Ok);
        }
    }

    private async Task<Response<KeyVaultKey>> CreateAsync(string name, NewKey wanted, CancellationToken cancellationToken) =>
        Answer((await _ring.CreateAsync(name, _ => wanted, cancellationToken)).ToKey(VaultUri));
}
