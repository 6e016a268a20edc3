using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Decrypts. The key is borrowed: it must outlive this, and is the owner's to dispose of. Used from any thread.</summary>
/// <remarks>What is decrypted carries noise that depends on the key: show decrypted values to nobody who could have chosen the ciphertext (IND-CPA-D).</remarks>
public sealed class Decryptor
{
    private readonly SecretKey _secret;

    public Decryptor(SecretKey secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _secret = secret;
    }

    public CkksContext Context => _secret.Context;

    /// <summary>c_0 + c_1 s (+ c_2 s^2), at the ciphertext's level and scale. The plaintext is the caller's to dispose of, which zeroes it.</summary>
    /// <exception cref="HomomorphicException">The ciphertext is of another context.</exception>
    public Plaintext Decrypt(Ciphertext ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        ContextChecks.Same(Context, ciphertext.Context, "The ciphertext", "the secret key");
        var rows = Context.Pool.Rent(ciphertext.Level + 1);
        for (var i = 0; i < rows.Rows; i++)
        {
            var ring = Context.Rings[i];
            var secret = _secret.Rows[i];
            // Horner's rule, from the last polynomial down.
            ciphertext.Row(ciphertext.Size - 1, i).CopyTo(rows[i]);
            for (var polynomial = ciphertext.Size - 2; polynomial >= 0; polynomial--)
            {
                ring.Multiply(rows[i], secret, rows[i]);
                ring.Add(rows[i], ciphertext.Row(polynomial, i), rows[i]);
            }
        }
        return new Plaintext(Context, rows, ciphertext.Level, ciphertext.Scale);
    }
}
