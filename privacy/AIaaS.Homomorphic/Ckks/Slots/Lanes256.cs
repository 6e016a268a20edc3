using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>Four lanes: AVX2 and FMA.</summary>
internal readonly struct Lanes256 : IDoubleLanes<Vector256<double>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double source, int index) => Vector256.LoadUnsafe(ref source, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> value, ref double destination, int index) => value.StoreUnsafe(ref destination, (nuint)index);

    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    public static Vector256<double> Add(Vector256<double> left, Vector256<double> right) => left + right;

    public static Vector256<double> Subtract(Vector256<double> left, Vector256<double> right) => left - right;

    public static Vector256<double> Multiply(Vector256<double> left, Vector256<double> right) => left * right;

    public static Vector256<double> Negate(Vector256<double> value) => -value;

    public static Vector256<double> MultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Vector256.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Round(Vector256<double> value)
    {
        var whole = Vector256.Truncate(value);
        var half = Vector256.GreaterThanOrEqual(Vector256.Abs(value - whole), Vector256.Create(0.5));
        return whole + (half & Vector256.CopySign(Vector256<double>.One, value));
    }

    public static Vector256<double> MaxMagnitude(Vector256<double> left, Vector256<double> right) =>
        Vector256.Max(Vector256.Abs(left), Vector256.Abs(right));

    public static double Max(Vector256<double> value)
    {
        var max = value[0];
        for (var lane = 1; lane < 4; lane++) max = Math.Max(max, value[lane]);
        return max;
    }
}
