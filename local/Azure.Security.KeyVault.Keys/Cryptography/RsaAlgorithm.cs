using System.Security.Cryptography;

namespace Azure.Security.KeyVault.Keys.Cryptography;

/// <summary>RSA by the names of RFC 7518; what the caller got wrong comes out as 400 BadParameter, as from the service.</summary>
internal static class RsaAlgorithm
{
    public static byte[] Wrap(RSA key, KeyWrapAlgorithm algorithm, byte[] secret)
    {
        var padding = Padding(algorithm);
        var hashLength = padding == RSAEncryptionPadding.OaepSHA256 ? 32 : 20;
        var longest = (key.KeySize / 8) - (2 * hashLength) - 2;
        return secret.Length <= longest
            ? key.Encrypt(secret, padding)
            : throw VaultFault.BadParameter($"{algorithm} with a key of {key.KeySize} bits wraps at most {longest} bytes, not {secret.Length}.");
    }

    public static byte[] Unwrap(RSA key, KeyWrapAlgorithm algorithm, byte[] wrapped)
    {
        try
        {
            return key.Decrypt(wrapped, Padding(algorithm));
        }
        catch (CryptographicException)
        {
            // One text for every cause, and none inside: a caller must not learn what was wrong with the padding.
            throw VaultFault.BadParameter("The wrapped key does not belong to this key, or was changed.");
        }
    }

    public static byte[] Sign(RSA key, SignatureAlgorithm algorithm, byte[] digest)
    {
        var (hash, padding) = Scheme(algorithm, digest);
        return key.SignHash(digest, hash, padding);
    }

    public static bool Verify(RSA key, SignatureAlgorithm algorithm, byte[] digest, byte[] signature)
    {
        var (hash, padding) = Scheme(algorithm, digest);
        return key.VerifyHash(digest, signature, hash, padding);
    }

    public static byte[] Hash(SignatureAlgorithm algorithm, byte[] data) => CryptographicOperations.HashData(Name(algorithm), data);

    private static RSAEncryptionPadding Padding(KeyWrapAlgorithm algorithm)
    {
        if (algorithm == KeyWrapAlgorithm.RsaOaep256)
            return RSAEncryptionPadding.OaepSHA256;
        return algorithm == KeyWrapAlgorithm.RsaOaep
            ? RSAEncryptionPadding.OaepSHA1
            : throw VaultFault.BadParameter($"The local edition wraps keys with RSA-OAEP-256 and RSA-OAEP, not with '{algorithm}'.");
    }

    private static (HashAlgorithmName Hash, RSASignaturePadding Padding) Scheme(SignatureAlgorithm algorithm, byte[] digest)
    {
        var hash = Name(algorithm);
        var length = hash.Name switch { "SHA256" => 32, "SHA384" => 48, _ => 64 };
        return digest.Length == length
            ? (hash, algorithm.ToString().StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : throw VaultFault.BadParameter($"{algorithm} signs a digest of {length} bytes, not {digest.Length}.");
    }

    private static HashAlgorithmName Name(SignatureAlgorithm algorithm) => algorithm.ToString() switch
    {
        "RS256" or "PS256" => HashAlgorithmName.SHA256,
        "RS384" or "PS384" => HashAlgorithmName.SHA384,
        "RS512" or "PS512" => HashAlgorithmName.SHA512,
        var other => throw VaultFault.BadParameter($"The local edition signs with RS256, RS384, RS512, PS256, PS384 and PS512, not with '{other}'."),
    };
}
