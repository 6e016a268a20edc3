using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Tests.Vectors;

/// <summary>Decrypts by the definition: c0 + c1 s + c2 s^2, exact composition of the residues, evaluation of the polynomial at each slot's root.</summary>
internal static class HandDecryption
{
    public static Complex[] Slots(Ciphertext ciphertext, SecretKey key, int count)
    {
        var context = ciphertext.Context;
        var rows = new ResidueBuffer(context.Parameters.Degree, 2 * (ciphertext.Level + 1));
        for (var i = 0; i <= ciphertext.Level; i++)
        {
            // Horner: (c2 s + c1) s + c0.
            var ring = context.Rings[i];
            ciphertext.Row(ciphertext.Size - 1, i).CopyTo(rows[i]);
            for (var part = ciphertext.Size - 2; part >= 0; part--)
            {
                ring.Multiply(rows[i], key.Rows[i], rows[i]);
                ring.Add(rows[i], ciphertext.Row(part, i), rows[i]);
            }
        }
        return Slots(context, rows, ciphertext.Level, ciphertext.Scale, count);
    }

    public static Complex[] Slots(Plaintext plaintext, int count) => Slots(plaintext.Context, plaintext.Rows, plaintext.Level, plaintext.Scale, count);

    private static Complex[] Slots(CkksContext context, ResidueBuffer rows, int level, double scale, int count)
    {
        var degree = context.Parameters.Degree;
        var primes = context.Parameters.Primes.Take(level + 1).ToArray();
        var modulus = primes.Aggregate(BigInteger.One, (product, prime) => product * prime);
        var residues = primes.Select((_, i) => Coefficients(context.Rings[i], rows[i])).ToArray();
        var coefficients = new double[degree];
        for (var j = 0; j < degree; j++)
        {
            var sum = BigInteger.Zero;
            for (var i = 0; i < primes.Length; i++)
            {
                var others = modulus / primes[i];
                sum += others * Modular.Multiply(residues[i][j], Modular.Inverse((ulong)(others % primes[i]), primes[i]), primes[i]);
            }
            sum %= modulus;
            coefficients[j] = (double)(2 * sum > modulus ? sum - modulus : sum) / scale;
        }
        return [.. Enumerable.Range(0, count).Select(slot => Evaluate(coefficients, (int)BigInteger.ModPow(3, slot, 2 * degree)))];
    }

    private static ulong[] Coefficients(PrimeRing ring, ReadOnlySpan<double> row)
    {
        var buffer = new ResidueBuffer(ring.Degree, 1);
        ring.Inverse(row, buffer[0]);
        var words = new ulong[ring.Degree];
        ring.ToCanonical(buffer[0], words);
        return words;
    }

    private static Complex Evaluate(double[] coefficients, int exponent)
    {
        var sum = Complex.Zero;
        var order = 2 * coefficients.Length;
        for (var j = 0; j < coefficients.Length; j++)
            sum += coefficients[j] * Complex.FromPolarCoordinates(1, 2 * Math.PI * ((long)exponent * j % order) / order);
        return sum;
    }
}
