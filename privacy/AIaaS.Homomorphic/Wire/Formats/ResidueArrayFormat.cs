namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>The array of words inside plaintexts and ciphertexts: header, count, words.</summary>
internal static class ResidueArrayFormat
{
    public const int Prefix = SealHeader.Length + sizeof(ulong);

    /// <summary>Reads up to the words.</summary>
    /// <returns>How many there are.</returns>
    public static ulong ReadCount(WireReader reader, string name)
    {
        var header = reader.ReadHeader($"array of the {name}");
        var count = reader.ReadUInt64();
        if (count > long.MaxValue / sizeof(ulong) - Prefix || header.Size != Prefix + (long)count * sizeof(ulong))
            throw new WireFormatException($"The array of the {name} declares {count} words and {header.Size} bytes, which do not agree.");
        return count;
    }

    public static void WriteCount(WireWriter writer, long count)
    {
        writer.WriteHeader(Prefix + count * sizeof(ulong));
        writer.WriteUInt64((ulong)count);
    }
}
