using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>Errors: centred binomial over 42 coins (variance 10.5, at most 21 either way), from the operating system's randomness.</summary>
/// <remarks>
/// The sum of 21 coins less the sum of 21 others has the distribution of the sum of all 42 less 21, since 1 less a coin is a coin: one
/// population count a coefficient. SEAL's error; standard deviation 3.24, above the 3.19 that the security tables assume.
/// </remarks>
internal static class ErrorSampler
{
    public const int Bound = 21;

    private const ulong Coins = (1UL << (2 * Bound)) - 1;

    public static void Sample(Span<long> destination)
    {
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(destination));
        foreach (ref var word in destination) word = BitOperations.PopCount((ulong)word & Coins) - Bound;
    }
}
