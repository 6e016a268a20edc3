using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Encrypts with the secret key: less noise than with the public one, and the ciphertext can be sent at half its size.</summary>
/// <remarks>The key is borrowed: it must outlive this, and is the owner's to dispose of. Used from any thread.</remarks>
public sealed class SymmetricEncryptor
{
    private readonly SecretKey _secret;

    public SymmetricEncryptor(SecretKey secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _secret = secret;
    }

    public CkksContext Context => _secret.Context;

    /// <summary>(-(a s + e) + m, a) at the plaintext's level and scale.</summary>
    /// <exception cref="HomomorphicException">The plaintext is of another context.</exception>
    public Ciphertext Encrypt(Plaintext plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ContextChecks.Same(Context, plaintext.Context, "The plaintext", "the secret key");
        var primes = plaintext.Level + 1;
        var rows = Context.Pool.Rent(2 * primes);
        var seed = ZeroEncryption.Write(_secret, primes, rows, 0, rows, primes);
        for (var i = 0; i < primes; i++) Context.Rings[i].Add(rows[i], plaintext.Rows[i], rows[i]);
        return new Ciphertext(Context, rows, 2, plaintext.Level, plaintext.Scale, seed);
    }
}
