using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>Random numbers for the slots of a reply that are no results: without them those would show partial sums of the model's weights.</summary>
/// <remarks>This hides statistically, by the plan's HidingBits a slot. It is not circuit privacy: the noise of the reply still depends on the model.</remarks>
public sealed class RandomFill
{
    private readonly Action<byte[]> _bytes;

    /// <summary>Draws from the operating system.</summary>
    public RandomFill()
        : this(static bytes => RandomNumberGenerator.Fill(bytes))
    {
    }

    /// <param name="bytes">Fills an array with random bytes; for tests. Anything but a cryptographic generator hides nothing.</param>
    internal RandomFill(Action<byte[]> bytes) => _bytes = bytes;

    /// <summary>Uniform in [-amplitude, amplitude), in steps of 2^-52 of it.</summary>
    public double[] Draw(int count, double amplitude)
    {
        var bytes = new byte[count * sizeof(ulong)];
        _bytes(bytes);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var bits = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong))) >> 11;
            values[i] = amplitude * (bits * (2.0 / (1UL << 53)) - 1);
        }
        CryptographicOperations.ZeroMemory(bytes);
        return values;
    }
}
