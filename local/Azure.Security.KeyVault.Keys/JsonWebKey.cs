#nullable disable // The real package's public surface is nullable-oblivious.
using System.Security.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>A key in the terms of RFC 7517 and 7518: unsigned big-endian numbers.</summary>
public class JsonWebKey
{
    public JsonWebKey(IEnumerable<KeyOperation> keyOps) => KeyOps = keyOps is null ? [] : [.. keyOps];

    /// <exception cref="ArgumentException">The key has no private part and that was asked for.</exception>
    public JsonWebKey(RSA rsaProvider, bool includePrivateParameters = false, IEnumerable<KeyOperation> keyOps = null) : this(keyOps)
    {
        ArgumentNullException.ThrowIfNull(rsaProvider);
        var parameters = rsaProvider.ExportParameters(includePrivateParameters);
        KeyType = KeyType.Rsa;
        (N, E) = (parameters.Modulus, parameters.Exponent);
        (D, P, Q) = (parameters.D, parameters.P, parameters.Q);
        (DP, DQ, QI) = (parameters.DP, parameters.DQ, parameters.InverseQ);
    }

    public string Id { get; set; }

    public KeyType KeyType { get; set; }

    public IReadOnlyCollection<KeyOperation> KeyOps { get; }

    public byte[] N { get; set; }

    public byte[] E { get; set; }

    public byte[] D { get; set; }

    public byte[] DP { get; set; }

    public byte[] DQ { get; set; }

    public byte[] QI { get; set; }

    public byte[] P { get; set; }

    public byte[] Q { get; set; }

    /// <exception cref="InvalidOperationException">This is no RSA key.</exception>
    public RSA ToRSA(bool includePrivateParameters = false)
    {
        if (KeyType != KeyType.Rsa && KeyType != KeyType.RsaHsm)
            throw new InvalidOperationException($"The key is of type {KeyType}, not RSA.");
        var parameters = new RSAParameters { Modulus = N, Exponent = E };
        if (includePrivateParameters)
        {
            (parameters.D, parameters.P, parameters.Q) = (D, P, Q);
            (parameters.DP, parameters.DQ, parameters.InverseQ) = (DP, DQ, QI);
        }
        return RSA.Create(parameters);
    }
}
