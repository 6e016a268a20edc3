using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>Radix-4 passes with one root per block, then the last levels tile by tile across vectors.</summary>
/// <typeparam name="TLanes">What a vector can do.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal sealed class SlotTransformKernel<TLanes, TVector>(int slots) : SlotTransform(slots, TLanes.Count)
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : unmanaged
{
    public override void ToValues(Span<double> row)
    {
        ref var real = ref MemoryMarshal.GetReference(row);
        ref var imaginary = ref row[Slots];
        var blocks = 1;
        for (; Slots / (4 * blocks) >= TLanes.Count; blocks *= 4) ForwardPair(ref real, ref imaginary, blocks);
        if (Slots / (2 * blocks) >= TLanes.Count) Forward(ref real, ref imaginary, blocks);
        if (TLanes.Count == 1) return;
        SlotTiles<TLanes, TVector>.Exchange(ref real, Slots);
        SlotTiles<TLanes, TVector>.Exchange(ref imaginary, Slots);
        SlotTiles<TLanes, TVector>.Forward(ref real, ref imaginary, Roots, Slots);
    }

    public override void ToCoefficients(Span<double> row)
    {
        ref var real = ref MemoryMarshal.GetReference(row);
        ref var imaginary = ref row[Slots];
        if (TLanes.Count > 1)
        {
            SlotTiles<TLanes, TVector>.Inverse(ref real, ref imaginary, Roots, Slots);
            SlotTiles<TLanes, TVector>.Exchange(ref real, Slots);
            SlotTiles<TLanes, TVector>.Exchange(ref imaginary, Slots);
        }
        var blocks = Slots / (2 * TLanes.Count);
        // Of an odd number of levels one is alone, where ToValues ends.
        if (int.Log2(blocks) % 2 == 0)
        {
            Inverse(ref real, ref imaginary, blocks);
            blocks /= 2;
        }
        for (; blocks > 1; blocks /= 4) InversePair(ref real, ref imaginary, blocks / 2);
    }

    [MethodImpl(Kernels.Loop)]
    public override double ScaleAndRound(Span<double> row, double factor)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        var by = TLanes.Broadcast(factor);
        var largest = TLanes.Broadcast(0);
        for (var i = 0; i < row.Length; i += TLanes.Count)
        {
            var value = TLanes.Round(TLanes.Multiply(TLanes.Load(ref first, i), by));
            largest = TLanes.MaxMagnitude(largest, value);
            TLanes.Store(value, ref first, i);
        }
        return TLanes.Max(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Forward(ref double real, ref double imaginary, int blocks)
    {
        var half = Slots / (2 * blocks);
        for (var j = 0; j < blocks; j++)
        {
            var root = Root(blocks + j);
            for (var i = 2 * j * half; i < (2 * j + 1) * half; i += TLanes.Count)
            {
                var u = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                var v = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + half);
                ComplexLanes<TLanes, TVector>.Split(ref u, ref v, root);
                u.Store(ref real, ref imaginary, i);
                v.Store(ref real, ref imaginary, i + half);
            }
        }
    }

    /// <summary>The level of so many blocks and the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void ForwardPair(ref double real, ref double imaginary, int blocks)
    {
        var quarter = Slots / (4 * blocks);
        for (var j = 0; j < blocks; j++)
        {
            var root = Root(blocks + j);
            var root0 = Root(2 * (blocks + j));
            var root1 = Root(2 * (blocks + j) + 1);
            for (var i = 4 * j * quarter; i < (4 * j + 1) * quarter; i += TLanes.Count)
            {
                var a = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                var b = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + quarter);
                var c = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + 2 * quarter);
                var d = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + 3 * quarter);
                ComplexLanes<TLanes, TVector>.Split(ref a, ref c, root);
                ComplexLanes<TLanes, TVector>.Split(ref b, ref d, root);
                ComplexLanes<TLanes, TVector>.Split(ref a, ref b, root0);
                ComplexLanes<TLanes, TVector>.Split(ref c, ref d, root1);
                a.Store(ref real, ref imaginary, i);
                b.Store(ref real, ref imaginary, i + quarter);
                c.Store(ref real, ref imaginary, i + 2 * quarter);
                d.Store(ref real, ref imaginary, i + 3 * quarter);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Inverse(ref double real, ref double imaginary, int blocks)
    {
        var half = Slots / (2 * blocks);
        for (var j = 0; j < blocks; j++)
        {
            var root = Root(blocks + j);
            for (var i = 2 * j * half; i < (2 * j + 1) * half; i += TLanes.Count)
            {
                var u = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                var v = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + half);
                ComplexLanes<TLanes, TVector>.Join(ref u, ref v, root);
                u.Store(ref real, ref imaginary, i);
                v.Store(ref real, ref imaginary, i + half);
            }
        }
    }

    /// <summary>The level of twice so many blocks, then the level of so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void InversePair(ref double real, ref double imaginary, int blocks)
    {
        var quarter = Slots / (4 * blocks);
        for (var j = 0; j < blocks; j++)
        {
            var root = Root(blocks + j);
            var root0 = Root(2 * (blocks + j));
            var root1 = Root(2 * (blocks + j) + 1);
            for (var i = 4 * j * quarter; i < (4 * j + 1) * quarter; i += TLanes.Count)
            {
                var a = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i);
                var b = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + quarter);
                var c = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + 2 * quarter);
                var d = ComplexLanes<TLanes, TVector>.Load(ref real, ref imaginary, i + 3 * quarter);
                ComplexLanes<TLanes, TVector>.Join(ref a, ref b, root0);
                ComplexLanes<TLanes, TVector>.Join(ref c, ref d, root1);
                ComplexLanes<TLanes, TVector>.Join(ref a, ref c, root);
                ComplexLanes<TLanes, TVector>.Join(ref b, ref d, root);
                a.Store(ref real, ref imaginary, i);
                b.Store(ref real, ref imaginary, i + quarter);
                c.Store(ref real, ref imaginary, i + 2 * quarter);
                d.Store(ref real, ref imaginary, i + 3 * quarter);
            }
        }
    }

    private ComplexLanes<TLanes, TVector> Root(int index) =>
        new(TLanes.Broadcast(Roots.Real[index]), TLanes.Broadcast(Roots.Imaginary[index]));
}
