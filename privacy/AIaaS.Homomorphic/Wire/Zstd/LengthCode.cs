using System.Numerics;

namespace AIaaS.Homomorphic.Wire.Zstd;

/// <summary>How many literals precede a match (RFC 8878, section 3.1.1.3.2.1.1): a code, and bits added to it.</summary>
internal static class LengthCode
{
    public const int Count = 36;

    private const int FirstOfPowers = 25;
    private const int FirstPower = 6;

    // Codes 16 to 24 begin at these lengths.
    private static readonly int[] Starts = [16, 18, 20, 22, 24, 28, 32, 40, 48, 64];

    public static int Of(int length)
    {
        if (length < Starts[0]) return length;
        if (length >= Starts[^1]) return FirstOfPowers + BitOperations.Log2((uint)length) - FirstPower;
        var code = Starts[0];
        while (length >= Starts[code - Starts[0] + 1]) code++;
        return code;
    }

    /// <returns>What is added to the code's first length, and in how many bits.</returns>
    public static (uint Value, int Bits) Extra(int length, int code)
    {
        if (code < Starts[0]) return (0, 0);
        if (code >= FirstOfPowers)
        {
            var power = code - FirstOfPowers + FirstPower;
            return ((uint)(length - (1 << power)), power);
        }
        var start = Starts[code - Starts[0]];
        return ((uint)(length - start), BitOperations.Log2((uint)(Starts[code - Starts[0] + 1] - start)));
    }
}
