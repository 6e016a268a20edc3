using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ring.Doubles;

namespace AIaaS.Homomorphic.Ring;

/// <summary>An automorphism on vectors: where each comes from, and in which order its lanes are taken.</summary>
internal sealed class BlockMoves
{
    private readonly int[] _orders;
    private readonly long[] _lanes;

    /// <param name="sources">Where each value comes from.</param>
    /// <param name="width">Values in a vector, a power of two.</param>
    /// <param name="index">How the vector's shuffle names a lane.</param>
    public BlockMoves(ReadOnlySpan<int> sources, int width, Func<int, long> index)
    {
        Width = width;
        Starts = new int[sources.Length / width];
        _orders = new int[Starts.Length];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var lanes = new List<long>();
        for (var block = 0; block < Starts.Length; block++)
        {
            var part = sources.Slice(block * width, width);
            Starts[block] = part[0] & -width;
            var name = new char[width];
            for (var lane = 0; lane < width; lane++) name[lane] = (char)('a' + (part[lane] - Starts[block]));
            var key = new string(name);
            if (!known.TryGetValue(key, out var order))
            {
                known[key] = order = lanes.Count;
                lanes.AddRange(name.Select(letter => index(letter - 'a')));
            }
            _orders[block] = order;
        }
        _lanes = [.. lanes];
    }

    public int Width { get; }

    /// <summary>Index of the first value of the vector that each vector comes from.</summary>
    public int[] Starts { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long Order(int block) => ref _lanes[_orders[block]];

    [MethodImpl(Kernels.Loop)]
    public void Apply<TVector, TLanes>(ReadOnlySpan<double> source, Span<double> destination)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        for (var block = 0; block < Starts.Length; block++)
            TLanes.Store(TLanes.Permute(TLanes.Load(ref from, (nuint)Starts[block]), ref Order(block)), ref to, (nuint)(block * TLanes.Count));
    }
}
