using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Draws secrets and makes the public keys that go with them. Every public key remembers its seeds and can be sent at half its size.</summary>
public sealed class KeyGenerator
{
    public KeyGenerator(CkksContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    public CkksContext Context { get; }

    /// <summary>A fresh ternary secret. Whoever holds it reads everything; dispose of it to zero it.</summary>
    public SecretKey CreateSecretKey()
    {
        var rows = Context.Pool.Rent(Context.Rings.Length);
        using var secret = SmallPolynomial.Ternary(Context);
        for (var i = 0; i < rows.Rows; i++) secret.Evaluate(Context.Rings[i], rows[i]);
        return new SecretKey(Context, rows);
    }

    /// <summary>Lets anyone encrypt for the holder of the secret.</summary>
    /// <exception cref="HomomorphicException">The secret is of another context.</exception>
    public PublicKey CreatePublicKey(SecretKey secret)
    {
        Check(secret);
        var primes = Context.Rings.Length;
        var rows = Context.Pool.Rent(2 * primes);
        var seed = ZeroEncryption.Write(secret, primes, rows, 0, rows, primes);
        return new PublicKey(Context, rows, seed);
    }

    /// <exception cref="HomomorphicException">The secret is of another context, or there is no special prime.</exception>
    public RelinearizationKey CreateRelinearizationKey(SecretKey secret)
    {
        Check(secret);
        OperandChecks.KeySwitching(Context.Parameters);
        var square = Context.Pool.Rent(Context.Parameters.DataPrimeCount);
        for (var i = 0; i < square.Rows; i++) Context.Rings[i].Multiply(secret.Rows[i], secret.Rows[i], square[i]);
        var key = CreateSwitch(secret, square);
        Context.Pool.Return(square, secret: true);
        return new RelinearizationKey(Context, key);
    }

    /// <param name="secret">Of this context.</param>
    /// <param name="steps">Rotations to the left; to the right where negative. Each needs a key of its own; 0 needs none.</param>
    /// <param name="conjugation">A key for complex conjugation as well.</param>
    /// <exception cref="HomomorphicException">A step is out of range, the secret is of another context, or there is no special prime.</exception>
    public GaloisKeys CreateGaloisKeys(SecretKey secret, IEnumerable<int> steps, bool conjugation = false)
    {
        Check(secret);
        ArgumentNullException.ThrowIfNull(steps);
        OperandChecks.KeySwitching(Context.Parameters);
        var elements = steps.Where(step => step != 0).Select(Context.GaloisElement).ToHashSet();
        if (conjugation) elements.Add(Context.ConjugationElement);
        return new GaloisKeys(Context, elements.ToDictionary(element => element, element => CreateSwitch(secret, element)));
    }

    private KeySwitchKey CreateSwitch(SecretKey secret, int element)
    {
        var automorphism = Context.AutomorphismOf(element);
        var moved = Context.Pool.Rent(Context.Parameters.DataPrimeCount);
        for (var i = 0; i < moved.Rows; i++) automorphism.Apply(secret.Rows[i], moved[i]);
        var key = CreateSwitch(secret, moved);
        Context.Pool.Return(moved, secret: true);
        return key;
    }

    /// <param name="secret">s, to which is switched.</param>
    /// <param name="target">t, from which: a row per data prime.</param>
    private KeySwitchKey CreateSwitch(SecretKey secret, ResidueBuffer target)
    {
        var (digits, primes) = (target.Rows, Context.Rings.Length);
        var first = Context.Pool.Rent(digits * primes);
        var second = Context.Pool.Rent(digits * primes);
        var work = Context.Pool.Rent(1);
        var seeds = new UniformSeed[digits];
        for (var j = 0; j < digits; j++)
        {
            seeds[j] = ZeroEncryption.Write(secret, primes, first, j * primes, second, j * primes);
            var ring = Context.Rings[j];
            var row = first[j * primes + j];
            ring.MultiplyScalar(target[j], Context.Special.Modulus % ring.Modulus, work[0]);
            ring.Add(row, work[0], row);
        }
        Context.Pool.Return(work, secret: true);
        return new KeySwitchKey(Context, first, second, seeds);
    }

    private void Check(SecretKey secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ContextChecks.Same(Context, secret.Context, "The secret key", "the key generator");
    }
}
