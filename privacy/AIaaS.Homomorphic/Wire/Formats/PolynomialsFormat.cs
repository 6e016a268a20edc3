using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>The residues of a ciphertext or key: polynomial by polynomial, in each prime by prime; or the first polynomial and a seed.</summary>
internal static class PolynomialsFormat
{
    /// <param name="reader">At the first residue.</param>
    /// <param name="context">Whose rings.</param>
    /// <param name="fields">What was read before.</param>
    /// <param name="name">Of the object, for messages.</param>
    /// <param name="destinations">Consecutive rows for each polynomial.</param>
    /// <returns>The seed that the second was expanded from.</returns>
    public static UniformSeed? Read(WireReader reader, CkksContext context, CiphertextFields fields, string name, params ReadOnlySpan<RowSet> destinations)
    {
        var rings = context.Rings.AsSpan()[..fields.Primes];
        foreach (var destination in fields.Seeded ? destinations[..1] : destinations)
            for (var i = 0; i < rings.Length; i++) reader.ReadRow(rings[i], destination[i]);
        if (!fields.Seeded) return null;

        var seed = SeedFormat.Read(reader, name);
        UniformSampler.Sample(seed, rings, destinations[1].Buffer, destinations[1].First);
        return seed;
    }

    public static void Write(WireWriter writer, CkksContext context, CiphertextFields fields, UniformSeed? seed, params ReadOnlySpan<RowSet> sources)
    {
        foreach (var source in fields.Seeded ? sources[..1] : sources)
            for (var i = 0; i < fields.Primes; i++) writer.WriteRow(context.Rings[i], source[i]);
        if (fields.Seeded) SeedFormat.Write(writer, seed!);
    }
}
