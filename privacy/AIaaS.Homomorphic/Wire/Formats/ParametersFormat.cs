using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>EncryptionParameters</c>: header, scheme, degree, number of primes, the primes, plaintext modulus (0).</summary>
internal static class ParametersFormat
{
    public const string Name = "parameters object";

    private const byte Ckks = 2;

    private const int ModulusSize = SealHeader.Length + sizeof(ulong);

    private const int Prefix = SealHeader.Length + sizeof(byte) + 2 * sizeof(ulong);

    public const long MaxSize = Prefix + ModulusSize * (CkksParameters.MaxPrimes + 1);

    public static long Size(int primes) => Prefix + ModulusSize * (primes + 1);

    /// <summary>Whether they are supported and secure is not looked at here.</summary>
    public static (int Degree, ulong[] Primes) Read(WireReader reader, SealHeader header)
    {
        var scheme = reader.ReadByte();
        if (scheme != Ckks) throw new WireFormatException($"The parameters are for the scheme {scheme}; only 2 (CKKS) is supported (1 is BFV, 3 is BGV).");
        var degree = reader.ReadUInt64();
        if (degree is < SecurityLimits.MinDegree or > SecurityLimits.MaxDegree)
            throw new WireFormatException($"The degree of the parameters is {degree}; powers of two from {SecurityLimits.MinDegree} to {SecurityLimits.MaxDegree} are supported.");
        var count = reader.ReadUInt64();
        if (count is 0 or > CkksParameters.MaxPrimes) throw new WireFormatException($"The parameters have {count} primes; 1 to {CkksParameters.MaxPrimes} are supported.");
        header.RequireSize(Size((int)count), Name);

        var primes = new ulong[(int)count];
        for (var i = 0; i < primes.Length; i++) primes[i] = ReadModulus(reader);
        var plain = ReadModulus(reader);
        return plain == 0
            ? ((int)degree, primes)
            : throw new WireFormatException($"The plaintext modulus of the parameters is {plain}; in CKKS it is 0.");
    }

    public static void Write(WireWriter writer, CkksParameters parameters)
    {
        writer.WriteByte(Ckks);
        writer.WriteUInt64((ulong)parameters.Degree);
        writer.WriteUInt64((ulong)parameters.Primes.Length);
        foreach (var prime in parameters.Primes) WriteModulus(writer, prime);
        WriteModulus(writer, 0);
    }

    private static ulong ReadModulus(WireReader reader)
    {
        reader.ReadHeader("modulus").RequireSize(ModulusSize, "modulus");
        return reader.ReadUInt64();
    }

    private static void WriteModulus(WireWriter writer, ulong value)
    {
        writer.WriteHeader(ModulusSize);
        writer.WriteUInt64(value);
    }
}
