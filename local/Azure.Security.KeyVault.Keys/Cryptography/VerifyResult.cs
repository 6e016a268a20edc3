#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys.Cryptography;

public class VerifyResult
{
    internal VerifyResult(string keyId, bool isValid, SignatureAlgorithm algorithm)
    {
        KeyId = keyId;
        IsValid = isValid;
        Algorithm = algorithm;
    }

    public string KeyId { get; }

    public bool IsValid { get; }

    public SignatureAlgorithm Algorithm { get; }
}
