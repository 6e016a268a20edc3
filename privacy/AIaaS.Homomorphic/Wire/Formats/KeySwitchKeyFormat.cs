using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire.Formats;

/// <summary>One entry of SEAL's <c>KSwitchKeys</c>: the number of digits, 0 for an absent key, and a public key per digit.</summary>
internal static class KeySwitchKeyFormat
{
    /// <summary>Header, parms_id and number of entries, which stand before the entries.</summary>
    public const int Prefix = SealHeader.Length + ParametersId.Size + sizeof(ulong);

    /// <summary>Without the number of digits.</summary>
    public static long Size(CkksParameters parameters, SealVersion version, bool seeded) =>
        parameters.DataPrimeCount * PublicKeyFormat.Fields(parameters, seeded).Size(version, parameters.Degree);

    public static bool IsSeeded(KeySwitchKey key, bool expandSeeds) => key.Seeds.Count > 0 && !expandSeeds;

    /// <exception cref="WireFormatException">The parameters have no special prime.</exception>
    public static void RequireSwitching(CkksParameters parameters, string name)
    {
        if (!parameters.AllowsKeySwitching) throw new WireFormatException($"{parameters} has a single prime, which allows no key switching: there can be no {name}.");
    }

    /// <summary>The fields before the entries.</summary>
    public static void ReadPrefix(WireReader reader, ExpectedParameters expected, ulong entries, string name)
    {
        RequireSwitching(expected.Parameters, name);
        expected.RequireKeys(reader.ReadParametersId(), name);
        var count = reader.ReadUInt64();
        if (count != entries) throw new WireFormatException($"The {name} has {count} entries; {expected.Parameters} has {entries}.");
    }

    /// <returns>Whether the entry is there.</returns>
    public static bool ReadPresence(WireReader reader, ExpectedParameters expected, string name)
    {
        var digits = reader.ReadUInt64();
        if (digits != 0 && digits != (ulong)expected.Parameters.DataPrimeCount)
            throw new WireFormatException($"A key of the {name} has {digits} digits; {expected.Parameters} has {expected.Parameters.DataPrimeCount}, or 0 where a key is absent.");
        return digits != 0;
    }

    public static KeySwitchKey Read(WireReader reader, ExpectedParameters expected, string name)
    {
        var context = expected.Context;
        var (digits, primes) = (expected.Parameters.DataPrimeCount, expected.Parameters.Primes.Length);
        // The shortest form that it can have; memory is taken only after that.
        reader.Require(Size(expected.Parameters, reader.Version, seeded: true));
        var first = context.Pool.Rent(digits * primes);
        var second = context.Pool.Rent(digits * primes);
        var seeds = new List<UniformSeed>(digits);
        try
        {
            for (var j = 0; j < digits; j++)
            {
                var fields = PublicKeyFormat.ReadFields(reader, reader.ReadHeader(name), expected, name);
                var seed = PolynomialsFormat.Read(reader, context, fields, name, new RowSet(first, j * primes, 1, primes), new RowSet(second, j * primes, 1, primes));
                if (seed is not null) seeds.Add(seed);
            }
            return new KeySwitchKey(context, first, second, seeds.Count == digits ? seeds : []);
        }
        catch
        {
            context.Pool.Return(first);
            context.Pool.Return(second);
            throw;
        }
    }

    public static void Write(WireWriter writer, CkksContext context, KeySwitchKey key, bool seeded)
    {
        var (digits, primes) = (context.Parameters.DataPrimeCount, context.Parameters.Primes.Length);
        var fields = PublicKeyFormat.Fields(context.Parameters, seeded);
        writer.WriteUInt64((ulong)digits);
        for (var j = 0; j < digits; j++)
        {
            writer.WriteHeader(fields.Size(writer.Version, context.Parameters.Degree));
            PublicKeyFormat.Write(
                writer, context, fields, seeded ? key.Seeds[j] : null, new RowSet(key.First, j * primes, 1, primes), new RowSet(key.Second, j * primes, 1, primes));
        }
    }
}
