using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>PublicKey</c>: a ciphertext at the level of keys, scale 1. The digits of key-switching keys are such objects too.</summary>
internal static class PublicKeyFormat
{
    public const string Name = "public key";

    public static CiphertextFields Fields(CkksParameters parameters, bool seeded) => new(2, parameters.Primes.Length, 1.0, seeded);

    public static long MaxSize(CkksParameters parameters) => Fields(parameters, seeded: false).Size(SealVersion.Default, parameters.Degree);

    public static PublicKey Read(WireReader reader, SealHeader header, ExpectedParameters expected)
    {
        var context = expected.Context;
        var fields = ReadFields(reader, header, expected, Name);
        var rows = context.Pool.Rent(2 * fields.Primes);
        try
        {
            var seed = PolynomialsFormat.Read(reader, context, fields, Name, First(rows, fields), Second(rows, fields));
            return new PublicKey(context, rows, seed);
        }
        catch
        {
            context.Pool.Return(rows);
            throw;
        }
    }

    public static void Write(WireWriter writer, PublicKey key, CiphertextFields fields) =>
        Write(writer, key.Context, fields, key.Seed, First(key.Rows, fields), Second(key.Rows, fields));

    /// <summary>All after the header and before the residues.</summary>
    public static CiphertextFields ReadFields(WireReader reader, SealHeader header, ExpectedParameters expected, string name)
    {
        expected.RequireKeys(reader.ReadParametersId(), name);
        var fields = CiphertextFields.Read(reader, header, expected.Parameters, expected.Parameters.Primes.Length, name);
        if (fields.Polynomials != 2) throw new WireFormatException($"The {name} has {fields.Polynomials} polynomials; keys have 2.");
        if (fields.Scale != 1.0) throw new WireFormatException($"The scale of the {name} is {fields.Scale}; keys have 1.");
        return fields;
    }

    /// <summary>All after the header.</summary>
    public static void Write(WireWriter writer, CkksContext context, CiphertextFields fields, UniformSeed? seed, RowSet first, RowSet second)
    {
        writer.WriteParametersId(ParametersId.OfKeys(context.Parameters));
        fields.Write(writer, context.Parameters.Degree);
        PolynomialsFormat.Write(writer, context, fields, seed, first, second);
    }

    private static RowSet First(ResidueBuffer rows, CiphertextFields fields) => new(rows, 0, 1, fields.Primes);

    private static RowSet Second(ResidueBuffer rows, CiphertextFields fields) => new(rows, fields.Primes, 1, fields.Primes);
}
