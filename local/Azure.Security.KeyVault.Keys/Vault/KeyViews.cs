namespace Azure.Security.KeyVault.Keys;

/// <summary>Makes what clients hand out from what lies in the vault.</summary>
internal static class KeyViews
{
    public static KeyProperties Properties(this KeyHeader key, Uri vault, bool withVersion = true)
    {
        var version = withVersion ? key.Version : null;
        return new KeyProperties(new KeyId(vault, key.Name, version).Uri)
        {
            Enabled = key.Enabled,
            NotBefore = key.NotBefore,
            ExpiresOn = key.ExpiresOn,
            CreatedOn = key.Created,
            UpdatedOn = key.Updated,
            Tags = new Dictionary<string, string>(key.Tags, StringComparer.Ordinal),
        };
    }

    public static KeyVaultKey ToKey(this KeyHeader key, Uri vault) => new(key.Properties(vault), key.PublicKey(vault));

    public static DeletedKey ToDeletedKey(this KeyHeader key, Uri vault, DateTimeOffset deletedOn) =>
        new(key.Properties(vault), key.PublicKey(vault), deletedOn, new Uri($"{vault.AbsoluteUri}deletedkeys/{key.Name}"));

    private static JsonWebKey PublicKey(this KeyHeader key, Uri vault) =>
        new(key.KeyOps.Select(operation => new KeyOperation(operation)))
        {
            Id = new KeyId(vault, key.Name, key.Version).Uri.AbsoluteUri,
            KeyType = new KeyType(key.Kty),
            N = key.N,
            E = key.E,
        };
}
