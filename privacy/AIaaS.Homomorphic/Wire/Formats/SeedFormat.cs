using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>UniformRandomGeneratorInfo</c>: header, how to expand, 64 bytes.</summary>
internal static class SeedFormat
{
    public const int Size = SealHeader.Length + sizeof(byte) + UniformSeed.Size;

    public static UniformSeed Read(WireReader reader, string name)
    {
        reader.ReadHeader($"seed of the {name}").RequireSize(Size, $"seed of the {name}");
        var expansion = (SeedExpansion)reader.ReadByte();
        if (expansion is not (SeedExpansion.Blake2xb or SeedExpansion.Shake256))
            throw new WireFormatException($"The seed of the {name} is of type {(byte)expansion}; 1 (BLAKE2Xb) and 2 (SHAKE256) can be expanded.");
        return new UniformSeed(expansion, reader.Take(UniformSeed.Size));
    }

    public static void Write(WireWriter writer, UniformSeed seed)
    {
        writer.WriteHeader(Size);
        writer.WriteByte((byte)seed.Expansion);
        writer.WriteBytes(seed.Bytes);
    }
}
