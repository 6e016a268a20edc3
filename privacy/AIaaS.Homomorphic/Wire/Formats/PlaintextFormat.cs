using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>Plaintext</c>: header, parms_id, number of residues, scale, residues prime by prime. Secret keys have the same layout.</summary>
internal static class PlaintextFormat
{
    public const string Name = "plaintext";

    private const int Prefix = SealHeader.Length + ParametersId.Size + sizeof(ulong) + sizeof(double) + ResidueArrayFormat.Prefix;

    public static long Size(int degree, int primes) => Prefix + (long)sizeof(ulong) * degree * primes;

    public static Plaintext Read(WireReader reader, SealHeader header, ExpectedParameters expected)
    {
        var level = expected.Level(reader.ReadParametersId(), Name);
        var (rows, scale) = ReadRows(reader, header, expected.Context, level + 1, Name, scale => expected.CheckScale(scale, level, Name));
        return new Plaintext(expected.Context, rows, level, scale);
    }

    public static void Write(WireWriter writer, Plaintext plaintext)
    {
        writer.WriteParametersId(ParametersId.OfLevel(plaintext.Context.Parameters, plaintext.Level));
        WriteRows(writer, plaintext.Context, plaintext.Rows, plaintext.Level + 1, plaintext.Scale);
    }

    /// <summary>All after the parms_id.</summary>
    public static (ResidueBuffer Rows, double Scale) ReadRows(WireReader reader, SealHeader header, CkksContext context, int primes, string name, Action<double> checkScale)
    {
        var residues = (ulong)context.Parameters.Degree * (ulong)primes;
        header.RequireSize(Size(context.Parameters.Degree, primes), name);
        RequireCount(reader.ReadUInt64(), residues, primes, name);
        var scale = reader.ReadDouble();
        checkScale(scale);
        RequireCount(ResidueArrayFormat.ReadCount(reader, name), residues, primes, name);
        reader.Require((long)residues * sizeof(ulong));

        var rows = context.Pool.Rent(primes);
        try
        {
            for (var i = 0; i < primes; i++) reader.ReadRow(context.Rings[i], rows[i]);
            return (rows, scale);
        }
        catch
        {
            context.Pool.Return(rows, secret: true);
            throw;
        }
    }

    /// <summary>All after the parms_id.</summary>
    public static void WriteRows(WireWriter writer, CkksContext context, ResidueBuffer rows, int primes, double scale)
    {
        var residues = (long)context.Parameters.Degree * primes;
        writer.WriteUInt64((ulong)residues);
        writer.WriteDouble(scale);
        ResidueArrayFormat.WriteCount(writer, residues);
        for (var i = 0; i < primes; i++) writer.WriteRow(context.Rings[i], rows[i]);
    }

    private static void RequireCount(ulong count, ulong expected, int primes, string name)
    {
        if (count != expected) throw new WireFormatException($"The {name} declares {count} residues; over {primes} primes it has {expected}.");
    }
}
