using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Encrypts with the public key. The key is borrowed and must outlive this. Used from any thread.</summary>
/// <remarks>
/// Zero is encrypted modulo one prime more than the plaintext has, (b u + e_0, a u + e_1), and divided by that prime with rounding, which leaves
/// hardly more noise than the rounding itself. As SEAL does.
/// </remarks>
public sealed class Encryptor
{
    private readonly PublicKey _key;

    public Encryptor(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    public CkksContext Context => _key.Context;

    /// <summary>At the plaintext's level and scale.</summary>
    /// <exception cref="HomomorphicException">The plaintext is of another context.</exception>
    public Ciphertext Encrypt(Plaintext plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ContextChecks.Same(Context, plaintext.Context, "The plaintext", "the public key");
        var primes = plaintext.Level + 1;
        var rows = Context.Pool.Rent(2 * primes);
        using var u = SmallPolynomial.Ternary(Context);
        for (var half = 0; half < 2; half++) EncryptZero(u, half, primes, rows);
        for (var i = 0; i < primes; i++) Context.Rings[i].Add(rows[i], plaintext.Rows[i], rows[i]);
        return new Ciphertext(Context, rows, 2, plaintext.Level, plaintext.Scale);
    }

    private void EncryptZero(SmallPolynomial u, int half, int primes, ResidueBuffer rows)
    {
        using var error = SmallPolynomial.Error(Context);
        var work = Context.Pool.Rent(2);
        var (product, last) = (0, 1);
        // The primes are in order, the special one last: one more is the next data prime or, from the top, the special one.
        var divides = primes < Context.Rings.Length;
        if (divides)
        {
            Write(Context.Rings[primes], u, error, half, primes, work[product], work[last]);
            Context.Rings[primes].Inverse(work[last], work[last]);
        }
        for (var i = 0; i < primes; i++)
        {
            var ring = Context.Rings[i];
            var row = rows[half * primes + i];
            Write(ring, u, error, half, i, work[product], row);
            if (!divides) continue;
            ring.ForwardLifted(Context.Rings[primes], work[last], work[product]);
            ring.SubtractMultiplyScalar(row, work[product], Context.InverseOf(primes, i), row);
        }
        Context.Pool.Return(work, secret: true);
    }

    /// <summary>destination = key u + e modulo one prime.</summary>
    private void Write(PrimeRing ring, SmallPolynomial u, SmallPolynomial error, int half, int prime, Span<double> work, Span<double> destination)
    {
        u.Evaluate(ring, work);
        error.Evaluate(ring, destination);
        ring.MultiplyAdd(work, _key.Rows[half * Context.Rings.Length + prime], destination);
    }
}
