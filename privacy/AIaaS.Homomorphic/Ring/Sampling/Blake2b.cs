using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>BLAKE2b (RFC 7693) with the parameter block free, which the tree mode of BLAKE2X needs and ordinary libraries do not offer.</summary>
internal static class Blake2b
{
    public const int BlockSize = 128;

    public const int MaxDigestSize = 64;

    public const int MaxKeySize = 64;

    private const int StateWords = 8;

    private const int BlockWords = 16;

    public static ReadOnlySpan<ulong> InitialState =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    /// <summary>In which order each of ten rounds takes the message words (RFC 7693, section 2.7).</summary>
    public static ReadOnlySpan<byte> Permutation =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <param name="message">Any length.</param>
    /// <param name="digest">1 to 64 bytes, as long as the digest is to be.</param>
    /// <param name="key">0 to 64 bytes; none for the plain hash.</param>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest, ReadOnlySpan<byte> key = default) =>
        Hash(Blake2bParameters.Sequential(digest.Length, key.Length), message, digest, key);

    /// <param name="parameters">Goes into the initial state; its lengths must be those of <paramref name="digest"/> and <paramref name="key"/>.</param>
    /// <param name="message">Any length.</param>
    /// <param name="digest">1 to 64 bytes.</param>
    /// <param name="key">0 to 64 bytes.</param>
    public static void Hash(Blake2bParameters parameters, ReadOnlySpan<byte> message, Span<byte> digest, ReadOnlySpan<byte> key)
    {
        if (digest.Length is 0 or > MaxDigestSize) throw new ArgumentException($"A digest has 1 to {MaxDigestSize} bytes, not {digest.Length}.", nameof(digest));
        if (key.Length > MaxKeySize) throw new ArgumentException($"A key has at most {MaxKeySize} bytes, not {key.Length}.", nameof(key));

        Span<ulong> state = stackalloc ulong[StateWords];
        Span<byte> block = stackalloc byte[BlockSize];
        parameters.Initialize(state);
        var length = 0UL;
        if (key.Length > 0)
        {
            block.Clear();
            key.CopyTo(block);
            length = BlockSize;
            Compress(state, block, length, message.IsEmpty);
        }
        if (key.Length == 0 || message.Length > 0) Absorb(state, block, message, length);

        Span<byte> whole = stackalloc byte[MaxDigestSize];
        for (var i = 0; i < StateWords; i++) BinaryPrimitives.WriteUInt64LittleEndian(whole[(8 * i)..], state[i]);
        whole[..digest.Length].CopyTo(digest);
        CryptographicOperations.ZeroMemory(block);
    }

    // The last block, full or not, is the one that is marked: at least one is always compressed.
    private static void Absorb(Span<ulong> state, Span<byte> block, ReadOnlySpan<byte> message, ulong length)
    {
        while (message.Length > BlockSize)
        {
            length += BlockSize;
            Compress(state, message[..BlockSize], length, last: false);
            message = message[BlockSize..];
        }
        block.Clear();
        message.CopyTo(block);
        Compress(state, block, length + (ulong)message.Length, last: true);
    }

    private static void Compress(Span<ulong> state, ReadOnlySpan<byte> block, ulong length, bool last)
    {
        Span<ulong> words = stackalloc ulong[BlockWords];
        for (var i = 0; i < BlockWords; i++) words[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
        Blake2bCompression<ScalarLanes, ulong>.Compress(state, words, length, last);
    }
}
