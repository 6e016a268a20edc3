using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>SEAL's <c>GaloisKeys</c>: N entries, that of the element g at (g - 1)/2, hardly any of them there.</summary>
internal static class GaloisKeysFormat
{
    public const string Name = "set of Galois keys";

    /// <summary>As many as SEAL makes when no steps are named: rotations by powers of two both ways, and conjugation.</summary>
    public static int DefaultMaxKeys(CkksParameters parameters) => 2 * BitOperations.Log2((uint)parameters.SlotCount) + 1;

    public static long MaxSize(CkksParameters parameters, int keys) =>
        KeySwitchKeyFormat.Prefix + (long)sizeof(ulong) * parameters.Degree + keys * KeySwitchKeyFormat.Size(parameters, SealVersion.Default, seeded: false);

    public static long Size(GaloisKeys keys, SealVersion version, bool expandSeeds) =>
        KeySwitchKeyFormat.Prefix + (long)sizeof(ulong) * keys.Context.Parameters.Degree
        + keys.Elements.Sum(element => KeySwitchKeyFormat.Size(keys.Context.Parameters, version, KeySwitchKeyFormat.IsSeeded(keys[element], expandSeeds)));

    public static GaloisKeys Read(WireReader reader, ExpectedParameters expected, int maxKeys)
    {
        var keys = new Dictionary<int, KeySwitchKey>();
        try
        {
            ReadEach(reader, expected, maxKeys, keys.Add);
            return new GaloisKeys(expected.Context, keys);
        }
        catch
        {
            foreach (var key in keys.Values) key.Dispose();
            throw;
        }
    }

    /// <param name="reader">After the header.</param>
    /// <param name="expected">Whose keys they must be.</param>
    /// <param name="maxKeys">More are refused.</param>
    /// <param name="each">Takes the element and its key, which is its own from then on.</param>
    public static void ReadEach(WireReader reader, ExpectedParameters expected, int maxKeys, Action<int, KeySwitchKey> each)
    {
        KeySwitchKeyFormat.ReadPrefix(reader, expected, (ulong)expected.Parameters.Degree, Name);
        var count = 0;
        for (var i = 0; i < expected.Parameters.Degree; i++)
        {
            if (!KeySwitchKeyFormat.ReadPresence(reader, expected, Name)) continue;
            if (count++ == maxKeys) throw new WireFormatException($"The {Name} has more than the {maxKeys} keys that are allowed here. Make keys for the rotations that are used, and no others.");
            each(2 * i + 1, KeySwitchKeyFormat.Read(reader, expected, Name));
        }
    }

    public static void Write(WireWriter writer, GaloisKeys keys, bool expandSeeds)
    {
        var parameters = keys.Context.Parameters;
        writer.WriteParametersId(ParametersId.OfKeys(parameters));
        writer.WriteUInt64((ulong)parameters.Degree);
        var present = keys.Elements.ToHashSet();
        for (var element = 1; element < 2 * parameters.Degree; element += 2)
        {
            if (!present.Contains(element)) writer.WriteUInt64(0);
            else KeySwitchKeyFormat.Write(writer, keys.Context, keys[element], KeySwitchKeyFormat.IsSeeded(keys[element], expandSeeds));
        }
    }
}
