#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys.Cryptography;

public class UnwrapResult
{
    internal UnwrapResult(string keyId, byte[] key, KeyWrapAlgorithm algorithm)
    {
        KeyId = keyId;
        Key = key;
        Algorithm = algorithm;
    }

    public string KeyId { get; }

    public byte[] Key { get; }

    public KeyWrapAlgorithm Algorithm { get; }
}
