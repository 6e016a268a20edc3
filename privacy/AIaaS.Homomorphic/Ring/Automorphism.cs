using System.Numerics;
using System.Runtime.Intrinsics;
using AIaaS.Homomorphic.Ring.Doubles;

namespace AIaaS.Homomorphic.Ring;

/// <summary>a(X) -> a(X^g) on evaluated rows: a permutation of the N values, the same for every prime.</summary>
/// <remarks>
/// Index i holds the value at psi^(2 bitrev(i) + 1), so out[i] = in[bitrev((g (2 bitrev(i) + 1) mod 2N - 1) / 2)].
/// The low bits of that exponent depend on the high bits of i only: every aligned block of 8 (or 4) values comes from one aligned block,
/// permuted inside in one of 8 (4) ways. So a block costs a load, a shuffle and a store, and no gather.
/// </remarks>
internal sealed class Automorphism
{
    private readonly int[] _sources;
    private readonly BlockMoves _moves;

    /// <param name="degree">N.</param>
    /// <param name="element">g, odd, below 2N.</param>
    public Automorphism(int degree, int element)
    {
        Degree = degree;
        Element = element;
        _sources = new int[degree];
        var bits = BitOperations.Log2((uint)degree);
        for (var i = 0; i < degree; i++)
        {
            var exponent = (long)element * (2L * Reverse(i, bits) + 1) % (2L * degree);
            _sources[i] = Reverse((int)((exponent - 1) / 2), bits);
        }
        _moves = MovesFor(Kernels.Width(Kernels.Best));
    }

    public int Degree { get; }

    public int Element { get; }

    /// <summary>Where each value comes from.</summary>
    public ReadOnlySpan<int> Sources => _sources;

    /// <summary>How vectors of some width move.</summary>
    public BlockMoves Moves(int width) => _moves.Width == width ? _moves : MovesFor(width);

    /// <summary>Source and destination must not overlap.</summary>
    public void Apply(ReadOnlySpan<double> source, Span<double> destination)
    {
        switch (Kernels.Best)
        {
            case KernelKind.Avx512:
                Moves(8).Apply<Vector512<double>, Lanes512>(source, destination);
                break;
            case KernelKind.Avx2:
                Moves(4).Apply<Vector256<double>, Lanes256>(source, destination);
                break;
            default:
                for (var i = 0; i < _sources.Length; i++) destination[i] = source[_sources[i]];
                break;
        }
    }

    private BlockMoves MovesFor(int width) => new(_sources, width, width == Lanes256.Count ? Lanes256.Index : Lanes512.Index);

    internal static int Reverse(int value, int bits)
    {
        var result = 0;
        for (var i = 0; i < bits; i++) result |= ((value >> i) & 1) << (bits - 1 - i);
        return result;
    }
}
