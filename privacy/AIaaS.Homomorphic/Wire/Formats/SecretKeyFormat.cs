using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>SecretKey</c>: a plaintext at the level of keys, scale 1.</summary>
internal static class SecretKeyFormat
{
    public const string Name = "secret key";

    public static SecretKey Read(WireReader reader, SealHeader header, ExpectedParameters expected)
    {
        expected.RequireKeys(reader.ReadParametersId(), Name);
        var (rows, _) = PlaintextFormat.ReadRows(reader, header, expected.Context, expected.Parameters.Primes.Length, Name, RequireOne);
        return new SecretKey(expected.Context, rows);
    }

    public static void Write(WireWriter writer, SecretKey key)
    {
        var parameters = key.Context.Parameters;
        writer.WriteParametersId(ParametersId.OfKeys(parameters));
        PlaintextFormat.WriteRows(writer, key.Context, key.Rows, parameters.Primes.Length, 1.0);
    }

    private static void RequireOne(double scale)
    {
        if (scale != 1.0) throw new WireFormatException($"The scale of the {Name} is {scale}; keys have 1.");
    }
}
