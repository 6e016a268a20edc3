using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>A seed's endless stream of words, in blocks of 512: block c depends on the seed and c only.</summary>
internal static class UniformStream
{
    public const int BlockWords = Blake2xb.BlockWords;

    /// <param name="seed">The seed.</param>
    /// <param name="firstBlock">c of the first block.</param>
    /// <param name="destination">A whole number of blocks.</param>
    /// <exception cref="HomomorphicException">SHAKE256 is asked for and the platform's cryptography has none.</exception>
    public static void Read(UniformSeed seed, int firstBlock, Span<ulong> destination)
    {
        if (seed.Expansion == SeedExpansion.Blake2xb) Blake2xb.Expand(seed.Bytes, (ulong)firstBlock, destination);
        else ReadShake(seed.Bytes, firstBlock, destination);
    }

    private static void ReadShake(ReadOnlySpan<byte> seed, int firstBlock, Span<ulong> destination)
    {
        if (!Shake256.IsSupported)
            throw new HomomorphicException("This object's seed is expanded by SHAKE256, which this platform's cryptography does not offer (OpenSSL 1.1.1 or Windows 11 24H2 is needed). Let the sender use SEAL's default, BLAKE2Xb.");
        Span<byte> message = stackalloc byte[UniformSeed.Size + sizeof(ulong)];
        seed.CopyTo(message);
        for (var block = 0; block * BlockWords < destination.Length; block++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(message[UniformSeed.Size..], (ulong)(firstBlock + block));
            Shake256.HashData(message, MemoryMarshal.AsBytes(destination.Slice(block * BlockWords, BlockWords)));
        }
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(destination, destination);
    }
}
