using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>What evaluation keys of a parameter set take, and how many a file can hold.</summary>
internal static class KeySetBounds
{
    /// <summary>A single key may take this in memory: 512 MiB. While a set is checked, one is in memory at a time.</summary>
    public const long MaxKeyBytes = 512L << 20;

    private const int RowPadding = 8;

    /// <summary>Bytes that one key takes in memory: two polynomials a digit, over all primes, eight bytes a residue.</summary>
    public static long KeyBytes(CkksParameters parameters) =>
        2L * parameters.DataPrimeCount * parameters.Primes.Length * (parameters.Degree + RowPadding) * sizeof(double);

    /// <returns>How many keys take so many bytes in memory.</returns>
    public static int KeysIn(CkksParameters parameters, long memoryBytes) => (int)(memoryBytes / KeyBytes(parameters));

    /// <summary>The most keys that a file can hold, whatever it decompresses to.</summary>
    /// <remarks>A seeded key is digits x N residues modulo every prime, each uniform: nothing writes it in fewer bits than their entropy. Whatever claims more keys was not made of random numbers.</remarks>
    public static int MaxKeys(CkksParameters parameters, long fileBytes)
    {
        var bits = parameters.Primes.Sum(prime => Math.Log2(prime)) * parameters.DataPrimeCount * parameters.Degree;
        return (int)Math.Min(parameters.Degree, fileBytes * 8 / bits);
    }
}
