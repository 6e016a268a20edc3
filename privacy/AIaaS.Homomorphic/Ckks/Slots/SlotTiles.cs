using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>The last log2(lanes) levels, whose halves are shorter than a vector: <c>lanes</c> blocks at a time, a block per lane.</summary>
/// <typeparam name="TLanes">What a vector can do.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static class SlotTiles<TLanes, TVector>
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Makes the rows of every lanes x lanes tile its columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Exchange(ref double values, int slots)
    {
        for (var tile = 0; tile < slots; tile += TLanes.Count * TLanes.Count)
            for (var i = 1; i < TLanes.Count; i++)
                for (var j = 0; j < i; j++)
                {
                    ref var a = ref Unsafe.Add(ref values, tile + i * TLanes.Count + j);
                    ref var b = ref Unsafe.Add(ref values, tile + j * TLanes.Count + i);
                    (a, b) = (b, a);
                }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(ref double real, ref double imaginary, SlotRoots roots, int slots)
    {
        ref var rootReal = ref roots.TileReal[0];
        ref var rootImaginary = ref roots.TileImaginary[0];
        var next = 0;
        for (var tile = 0; tile < slots; tile += TLanes.Count * TLanes.Count)
            for (var parts = 1; parts < TLanes.Count; parts *= 2)
            {
                var half = TLanes.Count / (2 * parts) * TLanes.Count;
                for (var part = 0; part < parts; part++, next += TLanes.Count)
                {
                    var root = ComplexLanes<TLanes, TVector>.Load(ref rootReal, ref rootImaginary, next);
                    for (var i = tile + 2 * part * half; i < tile + (2 * part + 1) * half; i += TLanes.Count)
                    {
                        var u = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                        var v = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + half);
                        ComplexLanes<TLanes, TVector>.Split(ref u, ref v, root);
                        u.Store(ref real, ref imaginary, i);
                        v.Store(ref real, ref imaginary, i + half);
                    }
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Inverse(ref double real, ref double imaginary, SlotRoots roots, int slots)
    {
        ref var rootReal = ref roots.TileReal[0];
        ref var rootImaginary = ref roots.TileImaginary[0];
        var first = 0;
        for (var tile = 0; tile < slots; tile += TLanes.Count * TLanes.Count, first += (TLanes.Count - 1) * TLanes.Count)
            for (var parts = TLanes.Count / 2; parts > 0; parts /= 2)
            {
                var half = TLanes.Count / (2 * parts) * TLanes.Count;
                for (var part = 0; part < parts; part++)
                {
                    // The roots of the levels before: 1 + 2 + ... + parts / 2 = parts - 1 vectors.
                    var root = ComplexLanes<TLanes, TVector>.Load(ref rootReal, ref rootImaginary, first + (parts - 1 + part) * TLanes.Count);
                    for (var i = tile + 2 * part * half; i < tile + (2 * part + 1) * half; i += TLanes.Count)
                    {
                        var u = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                        var v = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + half);
                        ComplexLanes<TLanes, TVector>.Join(ref u, ref v, root);
                        u.Store(ref real, ref imaginary, i);
                        v.Store(ref real, ref imaginary, i + half);
                    }
                }
            }
    }
}
