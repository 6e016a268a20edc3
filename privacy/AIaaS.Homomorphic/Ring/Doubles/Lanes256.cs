using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>AVX2 with FMA: four lanes.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<double>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref readonly double source, nuint index) => Vector256.LoadUnsafe(in source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref readonly double source, nuint index) => Sse.Prefetch0((double*)Unsafe.AsPointer(in source) + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> value, ref double destination, nuint index) => value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadIntegers(ref readonly long source, nuint index) => Vector256.ConvertToDouble(Vector256.LoadUnsafe(in source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadSplit(
        ref readonly ulong source, nuint index, int bits, ulong half, Vector256<double> whole, out Vector256<double> high, out Vector256<double> low)
    {
        // Below 2^52 an integer beside the bits of 2^52 is that plus 2^52.
        var unit = Vector256.Create(4503599627370496.0);
        var words = Vector256.LoadUnsafe(in source, index);
        high = ((words >>> bits) | unit.AsUInt64()).AsDouble() - unit;
        low = ((words & Vector256.Create((1UL << bits) - 1)) | unit.AsUInt64()).AsDouble() - unit;
        return Vector256.GreaterThan(words.AsInt64(), Vector256.Create((long)half)).AsDouble() & whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCanonical(Vector256<double> value, Vector256<double> p, ref ulong destination, nuint index)
    {
        // Nonnegative and below 2^52, so that the integer stands in the low bits beside 2^52.
        var canonical = value + (Vector256.LessThan(value, Vector256<double>.Zero) & p);
        var unit = Vector256.Create(4503599627370496.0);
        ((canonical + unit).AsUInt64() ^ unit.AsUInt64()).StoreUnsafe(ref destination, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> left, Vector256<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> left, Vector256<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> left, Vector256<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Fma.MultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplySubtract(Vector256<double> left, Vector256<double> right, Vector256<double> subtrahend) =>
        Fma.MultiplySubtract(left, right, subtrahend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> NegateMultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Fma.MultiplyAddNegated(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(ref Vector256<double> upper, ref Vector256<double> lower, int step)
    {
        var (a, b) = (upper, lower);
        if (step == 0)
        {
            upper = Avx.Permute2x128(a, b, 0x20);
            lower = Avx.Permute2x128(a, b, 0x31);
        }
        else
        {
            upper = Avx.UnpackLow(a, b);
            lower = Avx.UnpackHigh(a, b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Merge(ref Vector256<double> upper, ref Vector256<double> lower)
    {
        var first = Avx.UnpackLow(upper, lower);
        var second = Avx.UnpackHigh(upper, lower);
        upper = Avx.Permute2x128(first, second, 0x20);
        lower = Avx.Permute2x128(first, second, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(ref Vector256<double> upper, ref Vector256<double> lower, int step)
    {
        var (a, b) = (upper, lower);
        if (step == 1)
        {
            upper = Avx.Permute2x128(a, b, 0x20);
            lower = Avx.Permute2x128(a, b, 0x31);
        }
        else
        {
            upper = Avx.UnpackLow(a, b);
            lower = Avx.UnpackHigh(a, b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Restore(ref Vector256<double> upper, ref Vector256<double> lower)
    {
        upper = Avx2.Permute4x64(upper, 0b11_01_10_00);
        lower = Avx2.Permute4x64(lower, 0b11_01_10_00);
    }

    // AVX2 permutes doubles by constant orders only; as pairs of 32-bit words they go anywhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Permute(Vector256<double> source, ref readonly long order) =>
        Avx2.PermuteVar8x32(source.AsInt32(), Vector256.LoadUnsafe(in order).AsInt32()).AsDouble();

    /// <summary>Two 32-bit indices in one number.</summary>
    public static long Index(int lane) => (2L * lane + 1) << 32 | (2L * lane);
}
