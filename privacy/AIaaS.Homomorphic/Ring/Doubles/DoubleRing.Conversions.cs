using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>In and out of doubles nearest zero.</summary>
internal sealed partial class DoubleRing<TVector, TLanes>
{
    /// <summary>Integers below it convert to doubles exactly.</summary>
    private const long ExactIntegers = 1L << 52;

    public override bool Lift(PrimeRing from, ReadOnlySpan<double> source, Span<double> destination)
    {
        // Coefficients of at most 2^49 are read by Forward as they are.
        if (from is not Words.WordRing words) return false;
        LiftWords(words.Modulus, MemoryMarshal.Cast<double, ulong>(source), destination);
        return true;
    }

    [MethodImpl(Kernels.Loop)]
    private void LiftWords(ulong modulus, ReadOnlySpan<ulong> source, Span<double> destination)
    {
        var (factor, quotient) = Fixed(1UL << Words.WordRing.SplitBits);
        ref var a = ref MemoryMarshal.GetReference(source);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        var w = TLanes.Broadcast(factor);
        var wOverP = TLanes.Broadcast(quotient);
        var whole = TLanes.Broadcast(Modular.Centre(modulus % Modulus, Modulus));
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
        {
            var excess = TLanes.LoadSplit(ref a, i, Words.WordRing.SplitBits, modulus / 2, whole, out var high, out var low);
            var residue = TLanes.Add(MultiplyFixed(high, w, wOverP, p), low);
            TLanes.Store(Reduce(TLanes.Subtract(residue, excess), p, inverse), ref c, i);
        }
    }

    [MethodImpl(Kernels.Loop)]
    public override void FromIntegers(ReadOnlySpan<long> source, Span<double> destination)
    {
        if (Largest(source) >= ExactIntegers)
        {
            for (var i = 0; i < destination.Length; i++) destination[i] = Residue(source[i]);
            return;
        }
        ref var a = ref MemoryMarshal.GetReference(source);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(TLanes.LoadIntegers(ref a, i), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void FromRounded(ReadOnlySpan<double> source, Span<double> destination)
    {
        // Up to 2^50 p the quotient is an exact double, off by one at most: the second reduction mends that.
        if (Largest(source) > Math.ScaleB(_p, 50))
        {
            for (var i = 0; i < destination.Length; i++) destination[i] = Modular.Centre(Modular.Reduce(new BigInteger(source[i]), Modulus), Modulus);
            return;
        }
        ref var a = ref First(source);
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(Reduce(TLanes.Load(ref a, i), p, inverse), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void FromCanonical(ReadOnlySpan<ulong> source, Span<double> destination)
    {
        ref var a = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<ulong, long>(source));
        ref var c = ref First(destination);
        var p = TLanes.Broadcast(_p);
        var inverse = TLanes.Broadcast(_inverse);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width)
            TLanes.Store(Reduce(TLanes.LoadIntegers(ref a, i), p, inverse), ref c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void ToCanonical(ReadOnlySpan<double> source, Span<ulong> destination)
    {
        ref var a = ref First(source);
        ref var c = ref MemoryMarshal.GetReference(destination);
        var p = TLanes.Broadcast(_p);
        for (nuint i = 0; i < (nuint)destination.Length; i += Width) TLanes.StoreCanonical(TLanes.Load(ref a, i), p, ref c, i);
    }

    private double Residue(long value) => Math.Abs(value) < ExactIntegers
        ? Math.IEEERemainder(value, _p)
        : Modular.Centre(Modular.Reduce(value, Modulus), Modulus);

    private static long Largest(ReadOnlySpan<long> values)
    {
        var largest = 0L;
        foreach (var value in values) largest |= value ^ (value >> 63);
        return largest;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var largest = Vector<double>.Zero;
        foreach (var vector in vectors) largest = Vector.Max(largest, Vector.Abs(vector));
        var result = 0.0;
        for (var i = 0; i < Vector<double>.Count; i++) result = Math.Max(result, largest[i]);
        return result;
    }
}
