using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>BLAKE2Xb by lanes: first the roots of as many blocks as there are lanes, then each block's nodes, a node per lane.</summary>
/// <typeparam name="TLanes">What a vector can do.</typeparam>
/// <typeparam name="TVector">One word of every lane's state.</typeparam>
internal static class Blake2xb<TLanes, TVector>
    where TLanes : struct, IWordLanes<TVector>
    where TVector : unmanaged
{
    private const int StateWords = 8;

    private const int MaxLanes = 8;

    private const int NodesPerBlock = Blake2xb.BlockWords / StateWords;

    public static void Expand(ReadOnlySpan<byte> seed, ulong firstBlock, Span<ulong> destination)
    {
        Span<TVector> message = stackalloc TVector[2 * StateWords];
        Span<TVector> state = stackalloc TVector[StateWords];
        Span<ulong> roots = stackalloc ulong[MaxLanes * StateWords];
        for (var block = 0; block * Blake2xb.BlockWords < destination.Length; block++)
        {
            var lane = block % TLanes.Count;
            if (lane == 0) Roots(seed, firstBlock + (ulong)block, message, state, roots);
            Nodes(roots.Slice(lane * StateWords, StateWords), message, state, destination.Slice(block * Blake2xb.BlockWords, Blake2xb.BlockWords));
        }
    }

    private static void Roots(ReadOnlySpan<byte> seed, ulong firstBlock, Span<TVector> message, Span<TVector> state, Span<ulong> roots)
    {
        Initialize(new Blake2bParameters(64, Blake2xb.SeedSize, 1, 1, 0, 0, 4096, 0, 0), state);
        message.Clear();
        for (var i = 0; i < StateWords; i++) message[i] = TLanes.Broadcast(BinaryPrimitives.ReadUInt64LittleEndian(seed[(8 * i)..]));
        Blake2bCompression<TLanes, TVector>.Compress(state, message, Blake2b.BlockSize, last: false);

        message.Clear();
        message[0] = TLanes.Consecutive(firstBlock);
        Blake2bCompression<TLanes, TVector>.Compress(state, message, Blake2b.BlockSize + sizeof(ulong), last: true);
        StoreByLane(state, roots);
    }

    [MethodImpl(Kernels.Loop)]
    private static void Nodes(ReadOnlySpan<ulong> root, Span<TVector> message, Span<TVector> state, Span<ulong> destination)
    {
        message.Clear();
        for (var i = 0; i < StateWords; i++) message[i] = TLanes.Broadcast(root[i]);
        Span<TVector> initial = stackalloc TVector[StateWords];
        Initialize(new Blake2bParameters(64, 0, 0, 0, 64, 0, 4096, 0, 64), initial);
        for (var node = 0; node < NodesPerBlock; node += TLanes.Count)
        {
            initial.CopyTo(state);
            // The node's offset is the low half of the second word of the parameter block.
            state[1] = TLanes.Xor(state[1], TLanes.Consecutive((ulong)node));
            Blake2bCompression<TLanes, TVector>.Compress(state, message, 64, last: true);
            StoreByLane(state, destination.Slice(node * StateWords, TLanes.Count * StateWords));
        }
    }

    private static void Initialize(Blake2bParameters parameters, Span<TVector> state)
    {
        Span<ulong> words = stackalloc ulong[StateWords];
        parameters.Initialize(words);
        for (var i = 0; i < StateWords; i++) state[i] = TLanes.Broadcast(words[i]);
    }

    /// <summary>Writes the eight words of the first lane, then those of the second, and so on.</summary>
    private static void StoreByLane(ReadOnlySpan<TVector> state, Span<ulong> destination)
    {
        var words = MemoryMarshal.Cast<TVector, ulong>(state);
        for (var lane = 0; lane < TLanes.Count; lane++)
            for (var word = 0; word < StateWords; word++) destination[StateWords * lane + word] = words[word * TLanes.Count + lane];
    }
}
