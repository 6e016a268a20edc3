using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Eight lanes: AVX-512 where there is any; elsewhere the same in software, for tests alone.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<double>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ref readonly double source, nuint index) => Vector512.LoadUnsafe(in source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref readonly double source, nuint index) => Sse.Prefetch0((double*)Unsafe.AsPointer(in source) + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, ref double destination, nuint index) => value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadIntegers(ref readonly long source, nuint index) => Vector512.ConvertToDouble(Vector512.LoadUnsafe(in source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadSplit(
        ref readonly ulong source, nuint index, int bits, ulong half, Vector512<double> whole, out Vector512<double> high, out Vector512<double> low)
    {
        // Below 2^52 an integer beside the bits of 2^52 is that plus 2^52.
        var unit = Vector512.Create(4503599627370496.0);
        var words = Vector512.LoadUnsafe(in source, index);
        high = ((words >>> bits) | unit.AsUInt64()).AsDouble() - unit;
        low = ((words & Vector512.Create((1UL << bits) - 1)) | unit.AsUInt64()).AsDouble() - unit;
        return Vector512.GreaterThan(words.AsInt64(), Vector512.Create((long)half)).AsDouble() & whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCanonical(Vector512<double> value, Vector512<double> p, ref ulong destination, nuint index)
    {
        // Nonnegative and below 2^52, so that the integer stands in the low bits beside 2^52.
        var canonical = value + (Vector512.LessThan(value, Vector512<double>.Zero) & p);
        var unit = Vector512.Create(4503599627370496.0);
        ((canonical + unit).AsUInt64() ^ unit.AsUInt64()).StoreUnsafe(ref destination, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> left, Vector512<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> left, Vector512<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> left, Vector512<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplySubtract(Vector512<double> left, Vector512<double> right, Vector512<double> subtrahend) =>
        Vector512.FusedMultiplyAdd(left, right, -subtrahend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NegateMultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.FusedMultiplyAdd(-left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(ref Vector512<double> upper, ref Vector512<double> lower, int step)
    {
        var (a, b) = (upper, lower);
        switch (step)
        {
            case 0:
                upper = Shuffles512.Quarters(a, b, 0b01_00_01_00);
                lower = Shuffles512.Quarters(a, b, 0b11_10_11_10);
                break;
            case 1:
                upper = Shuffles512.Quarters(a, b, 0b10_00_10_00);
                lower = Shuffles512.Quarters(a, b, 0b11_01_11_01);
                break;
            default:
                upper = Shuffles512.Even(a, b);
                lower = Shuffles512.Odd(a, b);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Merge(ref Vector512<double> upper, ref Vector512<double> lower)
    {
        // Pairs of neighbours of a (first vector) and b (second): (a01 b01 a45 b45) and (a23 b23 a67 b67).
        var first = Shuffles512.Even(upper, lower);
        var second = Shuffles512.Odd(upper, lower);
        upper = Shuffles512.Pick(first, Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), second);
        lower = Shuffles512.Pick(first, Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15), second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(ref Vector512<double> upper, ref Vector512<double> lower, int step)
    {
        var (a, b) = (upper, lower);
        switch (step)
        {
            case 0:
                upper = Shuffles512.Even(a, b);
                lower = Shuffles512.Odd(a, b);
                break;
            case 1 or 2:
                upper = Shuffles512.Quarters(a, b, 0b10_00_10_00);
                lower = Shuffles512.Quarters(a, b, 0b11_01_11_01);
                break;
            default:
                upper = Shuffles512.Even(a, b);
                lower = Shuffles512.Odd(a, b);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Restore(ref Vector512<double> upper, ref Vector512<double> lower)
    {
        var order = Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7);
        upper = Shuffles512.Permute(upper, order);
        lower = Shuffles512.Permute(lower, order);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Permute(Vector512<double> source, ref readonly long order) =>
        Shuffles512.Permute(source, Vector512.LoadUnsafe(in order));

    public static long Index(int lane) => lane;
}
