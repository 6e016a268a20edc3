using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>Secrets: uniform in -1, 0, 1, from the operating system's randomness.</summary>
internal static class TernarySampler
{
    /// <summary>2^64 = 1 mod 3, so that without this one value the remainders modulo 3 are exactly uniform.</summary>
    private const ulong Rejected = ulong.MaxValue;

    public static void Sample(Span<long> destination)
    {
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(destination));
        foreach (ref var word in destination)
        {
            while ((ulong)word == Rejected) RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref word, 1)));
            word = (long)((ulong)word % 3) - 1;
        }
    }
}
