using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>RelinKeys</c> with its one key, for s^2.</summary>
internal static class RelinearizationKeyFormat
{
    public const string Name = "relinearization key";

    public static long Size(CkksParameters parameters, SealVersion version, bool seeded) =>
        KeySwitchKeyFormat.Prefix + sizeof(ulong) + KeySwitchKeyFormat.Size(parameters, version, seeded);

    public static RelinearizationKey Read(WireReader reader, SealHeader header, ExpectedParameters expected)
    {
        KeySwitchKeyFormat.ReadPrefix(reader, expected, 1, Name);
        if (!KeySwitchKeyFormat.ReadPresence(reader, expected, Name)) throw new WireFormatException($"The {Name} is absent: the object holds none.");
        return new RelinearizationKey(expected.Context, KeySwitchKeyFormat.Read(reader, expected, Name));
    }

    public static void Write(WireWriter writer, RelinearizationKey key, bool seeded)
    {
        writer.WriteParametersId(ParametersId.OfKeys(key.Context.Parameters));
        writer.WriteUInt64(1);
        KeySwitchKeyFormat.Write(writer, key.Context, key.Key, seeded);
    }
}
