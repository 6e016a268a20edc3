using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>What stands before the residues of a ciphertext; public keys have the same layout.</summary>
/// <param name="Polynomials">2, or 3 before relinearization.</param>
/// <param name="Primes">Of its level.</param>
/// <param name="Scale">1 for keys.</param>
/// <param name="Seeded">Whether the second polynomial is sent as a seed.</param>
internal readonly record struct CiphertextFields(int Polynomials, int Primes, double Scale, bool Seeded)
{
    private const int Fixed = SealHeader.Length + ParametersId.Size + sizeof(byte) + 3 * sizeof(ulong) + sizeof(double) + ResidueArrayFormat.Prefix;

    /// <summary>Rows that are sent.</summary>
    public int SentRows => Primes * (Seeded ? 1 : Polynomials);

    public long Size(SealVersion version, int degree) =>
        Fixed + (version.HasCorrectionFactor ? sizeof(ulong) : 0) + (long)sizeof(ulong) * degree * SentRows + (Seeded ? SeedFormat.Size : 0);

    /// <summary>Reads and checks all after the parms_id and before the residues; nothing has been allocated for these yet.</summary>
    public static CiphertextFields Read(WireReader reader, SealHeader header, CkksParameters parameters, int primes, string name)
    {
        var form = reader.ReadByte();
        if (form != 1) throw new WireFormatException($"The {name} has the form {form}; it must be 1, NTT form.");
        var polynomials = reader.ReadUInt64();
        if (polynomials is not (2 or 3)) throw new WireFormatException($"The {name} has {polynomials} polynomials; 2, or 3 before relinearization, are supported.");
        RequireEqual(reader.ReadUInt64(), (ulong)parameters.Degree, "degree", name);
        RequireEqual(reader.ReadUInt64(), (ulong)primes, "number of primes", name);
        var scale = reader.ReadDouble();
        if (reader.Version.HasCorrectionFactor) RequireEqual(reader.ReadUInt64(), 1, "correction factor", name);

        var perPolynomial = (ulong)parameters.Degree * (ulong)primes;
        var count = ResidueArrayFormat.ReadCount(reader, name);
        var seeded = polynomials == 2 && count == perPolynomial;
        if (!seeded) RequireEqual(count, polynomials * perPolynomial, "number of residues", name);
        var fields = new CiphertextFields((int)polynomials, primes, scale, seeded);
        header.RequireSize(fields.Size(reader.Version, parameters.Degree), name);
        reader.Require((long)sizeof(ulong) * parameters.Degree * fields.SentRows);
        return fields;
    }

    public void Write(WireWriter writer, int degree)
    {
        writer.WriteByte(1);
        writer.WriteUInt64((ulong)Polynomials);
        writer.WriteUInt64((ulong)degree);
        writer.WriteUInt64((ulong)Primes);
        writer.WriteDouble(Scale);
        if (writer.Version.HasCorrectionFactor) writer.WriteUInt64(1);
        ResidueArrayFormat.WriteCount(writer, (long)degree * SentRows);
    }

    private static void RequireEqual(ulong value, ulong expected, string field, string name)
    {
        if (value != expected) throw new WireFormatException($"The {field} of the {name} is {value}; it must be {expected}.");
    }
}
