#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

/// <summary>Everything about a version of a key but the key itself. Change it and hand it to <see cref="KeyClient.UpdateKeyPropertiesAsync"/>.</summary>
public class KeyProperties
{
    private IDictionary<string, string> _tags;

    public KeyProperties(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <exception cref="ArgumentException">This is no key id.</exception>
    public KeyProperties(Uri id)
    {
        var parts = KeyId.Parse(id);
        Id = id;
        VaultUri = parts.Vault;
        Name = parts.Name;
        Version = parts.Version;
    }

    public Uri Id { get; }

    public string Name { get; }

    public Uri VaultUri { get; }

    /// <summary>32 hexadecimal digits; null where a key is meant without regard to its versions.</summary>
    public string Version { get; }

    public DateTimeOffset? CreatedOn { get; internal init; }

    public DateTimeOffset? UpdatedOn { get; internal init; }

    public bool? Enabled { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? ExpiresOn { get; set; }

    /// <summary>An update replaces all tags, unless nobody has looked at them.</summary>
    public IDictionary<string, string> Tags
    {
        get => _tags ??= new Dictionary<string, string>(StringComparer.Ordinal);
        internal init => _tags = value;
    }

    internal bool HasTags => _tags is not null;
}
