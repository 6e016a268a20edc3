using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>One lane, any processor with a fused multiply-add. It holds the same double at every step as the vectors do.</summary>
internal readonly struct Lane1 : ILanes<double>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Load(ref readonly double source, nuint index) => Unsafe.Add(ref Unsafe.AsRef(in source), index);

    public static void Prefetch(ref readonly double source, nuint index)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double value, ref double destination, nuint index) => Unsafe.Add(ref destination, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LoadIntegers(ref readonly long source, nuint index) => Unsafe.Add(ref Unsafe.AsRef(in source), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LoadSplit(ref readonly ulong source, nuint index, int bits, ulong half, double whole, out double high, out double low)
    {
        var word = Unsafe.Add(ref Unsafe.AsRef(in source), index);
        high = word >> bits;
        low = word & ((1UL << bits) - 1);
        return word > half ? whole : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCanonical(double value, double p, ref ulong destination, nuint index) =>
        Unsafe.Add(ref destination, index) = (ulong)(value < 0 ? value + p : value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Broadcast(double value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double left, double right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double left, double right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double left, double right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double left, double right, double addend) => Math.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplySubtract(double left, double right, double subtrahend) => Math.FusedMultiplyAdd(left, right, -subtrahend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NegateMultiplyAdd(double left, double right, double addend) => Math.FusedMultiplyAdd(-left, right, addend);

    /// <summary>Nothing is shorter than distance 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(ref double upper, ref double lower, int step)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Merge(ref double upper, ref double lower)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(ref double upper, ref double lower, int step)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Restore(ref double upper, ref double lower)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Permute(double source, ref readonly long order) => source;

    public static long Index(int lane) => lane;
}
