using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>Ciphertext</c>.</summary>
internal static class CiphertextFormat
{
    public const string Name = "ciphertext";

    private const int MaxPolynomials = 3;

    public static long MaxSize(CkksParameters parameters) =>
        new CiphertextFields(MaxPolynomials, parameters.DataPrimeCount, 1, Seeded: false).Size(SealVersion.Default, parameters.Degree);

    public static Ciphertext Read(WireReader reader, SealHeader header, ExpectedParameters expected)
    {
        var level = expected.Level(reader.ReadParametersId(), Name);
        var fields = CiphertextFields.Read(reader, header, expected.Parameters, level + 1, Name);
        expected.CheckScale(fields.Scale, level, Name);

        var context = expected.Context;
        var rows = context.Pool.Rent(fields.Polynomials * fields.Primes);
        try
        {
            var seed = PolynomialsFormat.Read(reader, context, fields, Name, Split(rows, fields));
            RequireOpaque(rows, fields);
            return new Ciphertext(context, rows, fields.Polynomials, level, fields.Scale, seed);
        }
        catch
        {
            context.Pool.Return(rows);
            throw;
        }
    }

    public static CiphertextFields Fields(Ciphertext ciphertext, bool expandSeeds) =>
        new(ciphertext.Size, ciphertext.Level + 1, ciphertext.Scale, ciphertext.Seed is not null && !expandSeeds);

    public static void Write(WireWriter writer, Ciphertext ciphertext, CiphertextFields fields)
    {
        var parameters = ciphertext.Context.Parameters;
        writer.WriteParametersId(ParametersId.OfLevel(parameters, ciphertext.Level));
        fields.Write(writer, parameters.Degree);
        PolynomialsFormat.Write(writer, ciphertext.Context, fields, ciphertext.Seed, Split(ciphertext.Rows, fields));
    }

    private static RowSet[] Split(ResidueBuffer rows, CiphertextFields fields) =>
        [.. Enumerable.Range(0, fields.Polynomials).Select(i => new RowSet(rows, i * fields.Primes, 1, fields.Primes))];

    /// <summary>With nothing but zeros after the first polynomial, that one is the plaintext.</summary>
    public static void RequireOpaque(ResidueBuffer rows, CiphertextFields fields)
    {
        for (var i = fields.Primes; i < fields.Polynomials * fields.Primes; i++)
            if (!PrimeRing.IsZero(rows[i])) return;
        throw new WireFormatException($"The {Name} is transparent: its second polynomial is zero, so anyone can read it without the key.");
    }
}
