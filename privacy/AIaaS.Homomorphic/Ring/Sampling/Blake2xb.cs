using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>SEAL's stream of 4,096-byte blocks: block c is BLAKE2Xb(4096 bytes, message c as 8 bytes, key = 64-byte seed).</summary>
/// <remarks>BLAKE2X (Aumasson, Neves, Wilcox-O'Hearn, Winnerlein, 2016): a root digest, and 64 nodes that hash it, each independent of the others.</remarks>
internal static class Blake2xb
{
    public const int SeedSize = 64;

    public const int BlockWords = 512;

    /// <param name="seed">64 bytes.</param>
    /// <param name="firstBlock">c of the first block.</param>
    /// <param name="destination">A whole number of blocks, as little-endian words.</param>
    public static void Expand(ReadOnlySpan<byte> seed, ulong firstBlock, Span<ulong> destination)
    {
        if (Vector512.IsHardwareAccelerated) Blake2xb<Lanes512, Vector512<ulong>>.Expand(seed, firstBlock, destination);
        else if (Avx2.IsSupported) Blake2xb<Lanes256, Vector256<ulong>>.Expand(seed, firstBlock, destination);
        else Blake2xb<ScalarLanes, ulong>.Expand(seed, firstBlock, destination);
    }
}
