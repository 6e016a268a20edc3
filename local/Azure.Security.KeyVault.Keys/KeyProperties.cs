#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

/// <summary>Everything about a version of a key but the key itself. Change it and hand it to <see cref="KeyClient.UpdateKeyPropertiesAsync"/>.</summary>
public class KeyProperties
{
    public KeyProperties(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public KeyProperties(Uri id)
    {
        ArgumentNullException.ThrowIfNull(id);
        Id = id;
    }

    public Uri Id { get; internal init; }

    public string Name { get; internal init; }

    public Uri VaultUri { get; internal init; }

    public string Version { get; internal init; }

    public DateTimeOffset? CreatedOn { get; internal init; }

    public DateTimeOffset? UpdatedOn { get; internal init; }

    public bool? Enabled { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? ExpiresOn { get; set; }

    public IDictionary<string, string> Tags { get; internal init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
