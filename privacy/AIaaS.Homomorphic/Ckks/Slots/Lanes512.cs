using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>Eight lanes: AVX-512.</summary>
internal readonly struct Lanes512 : IDoubleLanes<Vector512<double>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ref double source, int index) => Vector512.LoadUnsafe(ref source, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, ref double destination, int index) => value.StoreUnsafe(ref destination, (nuint)index);

    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    public static Vector512<double> Add(Vector512<double> left, Vector512<double> right) => left + right;

    public static Vector512<double> Subtract(Vector512<double> left, Vector512<double> right) => left - right;

    public static Vector512<double> Multiply(Vector512<double> left, Vector512<double> right) => left * right;

    public static Vector512<double> Negate(Vector512<double> value) => -value;

    public static Vector512<double> MultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Round(Vector512<double> value)
    {
        var whole = Vector512.Truncate(value);
        var half = Vector512.GreaterThanOrEqual(Vector512.Abs(value - whole), Vector512.Create(0.5));
        return whole + (half & Vector512.CopySign(Vector512<double>.One, value));
    }

    public static Vector512<double> MaxMagnitude(Vector512<double> left, Vector512<double> right) =>
        Vector512.Max(Vector512.Abs(left), Vector512.Abs(right));

    public static double Max(Vector512<double> value)
    {
        var max = value[0];
        for (var lane = 1; lane < 8; lane++) max = Math.Max(max, value[lane]);
        return max;
    }
}
