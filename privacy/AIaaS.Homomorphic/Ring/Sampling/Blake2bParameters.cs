namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>The parameter block of BLAKE2b (BLAKE2 specification, section 2.8) without salt and personalisation, which are zero here.</summary>
/// <param name="DigestLength">Bytes.</param>
/// <param name="KeyLength">Bytes.</param>
/// <param name="Fanout">1 for sequential hashing, 0 for unlimited.</param>
/// <param name="Depth">1 for sequential hashing.</param>
/// <param name="LeafLength">Bytes; 0 for unlimited.</param>
/// <param name="NodeOffset">Which node.</param>
/// <param name="OutputLength">BLAKE2X: bytes of the whole output.</param>
/// <param name="NodeDepth">0 for leaves.</param>
/// <param name="InnerLength">Bytes of an inner digest.</param>
internal readonly record struct Blake2bParameters(
    byte DigestLength, byte KeyLength, byte Fanout, byte Depth, uint LeafLength, uint NodeOffset, uint OutputLength, byte NodeDepth, byte InnerLength)
{
    public static Blake2bParameters Sequential(int digestLength, int keyLength) => new((byte)digestLength, (byte)keyLength, 1, 1, 0, 0, 0, 0, 0);

    /// <summary>The words that are not zero.</summary>
    public (ulong First, ulong Second, ulong Third) Words => (
        DigestLength | ((ulong)KeyLength << 8) | ((ulong)Fanout << 16) | ((ulong)Depth << 24) | ((ulong)LeafLength << 32),
        NodeOffset | ((ulong)OutputLength << 32),
        NodeDepth | ((ulong)InnerLength << 8));

    /// <summary>Initial vector xor parameter block.</summary>
    public void Initialize(Span<ulong> state)
    {
        Blake2b.InitialState.CopyTo(state);
        var (first, second, third) = Words;
        state[0] ^= first;
        state[1] ^= second;
        state[2] ^= third;
    }
}
