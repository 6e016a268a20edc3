#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

/// <summary>A version of a key: its public part and its properties. Private material never leaves the vault.</summary>
public class KeyVaultKey
{
    public KeyVaultKey(string name) => Properties = new KeyProperties(name);

    internal KeyVaultKey(KeyProperties properties, JsonWebKey key)
    {
        Properties = properties;
        Key = key;
    }

    public Uri Id => Properties.Id;

    public string Name => Properties.Name;

    public KeyType KeyType => Key.KeyType;

    public JsonWebKey Key { get; }

    public KeyProperties Properties { get; }

    public IReadOnlyCollection<KeyOperation> KeyOperations => Key.KeyOps;
}
