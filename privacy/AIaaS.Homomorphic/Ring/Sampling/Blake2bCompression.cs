using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>The compression function of BLAKE2b (RFC 7693, section 3.2) on as many independent states as there are lanes.</summary>
/// <typeparam name="TLanes">What a vector can do.</typeparam>
/// <typeparam name="TVector">One word of every state.</typeparam>
internal static class Blake2bCompression<TLanes, TVector>
    where TLanes : struct, IWordLanes<TVector>
    where TVector : unmanaged
{
    private const int Rounds = 12;

    /// <param name="state">8 words, replaced.</param>
    /// <param name="block">16 words.</param>
    /// <param name="length">Bytes hashed so far, this block included.</param>
    /// <param name="last">Whether this is the message's last block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compress(Span<TVector> state, ReadOnlySpan<TVector> block, ulong length, bool last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(block.Length, 16, nameof(block));
        var iv = Blake2b.InitialState;
        var (v0, v1, v2, v3) = (state[0], state[1], state[2], state[3]);
        var (v4, v5, v6, v7) = (state[4], state[5], state[6], state[7]);
        var (v8, v9, v10, v11) = (TLanes.Broadcast(iv[0]), TLanes.Broadcast(iv[1]), TLanes.Broadcast(iv[2]), TLanes.Broadcast(iv[3]));
        var (v12, v13) = (TLanes.Broadcast(iv[4] ^ length), TLanes.Broadcast(iv[5]));
        var (v14, v15) = (TLanes.Broadcast(last ? ~iv[6] : iv[6]), TLanes.Broadcast(iv[7]));

        for (var round = 0; round < Rounds; round++)
        {
            ref readonly var order = ref Blake2b.Permutation[16 * (round % 10)];
            Mix(ref v0, ref v4, ref v8, ref v12, Word(block, in order, 0), Word(block, in order, 1));
            Mix(ref v1, ref v5, ref v9, ref v13, Word(block, in order, 2), Word(block, in order, 3));
            Mix(ref v2, ref v6, ref v10, ref v14, Word(block, in order, 4), Word(block, in order, 5));
            Mix(ref v3, ref v7, ref v11, ref v15, Word(block, in order, 6), Word(block, in order, 7));
            Mix(ref v0, ref v5, ref v10, ref v15, Word(block, in order, 8), Word(block, in order, 9));
            Mix(ref v1, ref v6, ref v11, ref v12, Word(block, in order, 10), Word(block, in order, 11));
            Mix(ref v2, ref v7, ref v8, ref v13, Word(block, in order, 12), Word(block, in order, 13));
            Mix(ref v3, ref v4, ref v9, ref v14, Word(block, in order, 14), Word(block, in order, 15));
        }

        state[0] = TLanes.Xor(state[0], TLanes.Xor(v0, v8));
        state[1] = TLanes.Xor(state[1], TLanes.Xor(v1, v9));
        state[2] = TLanes.Xor(state[2], TLanes.Xor(v2, v10));
        state[3] = TLanes.Xor(state[3], TLanes.Xor(v3, v11));
        state[4] = TLanes.Xor(state[4], TLanes.Xor(v4, v12));
        state[5] = TLanes.Xor(state[5], TLanes.Xor(v5, v13));
        state[6] = TLanes.Xor(state[6], TLanes.Xor(v6, v14));
        state[7] = TLanes.Xor(state[7], TLanes.Xor(v7, v15));
    }

    // The permutation names words 0 to 15 only, and the block has 16: Compress has looked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Word(ReadOnlySpan<TVector> block, ref readonly byte order, int index) =>
        Unsafe.Add(ref MemoryMarshal.GetReference(block), Unsafe.Add(ref Unsafe.AsRef(in order), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref TVector a, ref TVector b, ref TVector c, ref TVector d, TVector x, TVector y)
    {
        a = TLanes.Add(TLanes.Add(a, b), x);
        d = TLanes.RotateRight32(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateRight24(TLanes.Xor(b, c));
        a = TLanes.Add(TLanes.Add(a, b), y);
        d = TLanes.RotateRight16(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateRight63(TLanes.Xor(b, c));
    }
}
