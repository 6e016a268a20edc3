using System.Runtime.CompilerServices;

namespace AIaaS.Homomorphic.Ckks.Slots;

/// <summary>One lane: works everywhere, and is the reference for the vectors.</summary>
internal readonly struct LaneScalar : IDoubleLanes<double>
{
    public static int Count => 1;

    public static double Load(ref double source, int index) => Unsafe.Add(ref source, index);

    public static void Store(double value, ref double destination, int index) => Unsafe.Add(ref destination, index) = value;

    public static double Broadcast(double value) => value;

    public static double Add(double left, double right) => left + right;

    public static double Subtract(double left, double right) => left - right;

    public static double Multiply(double left, double right) => left * right;

    public static double Negate(double value) => -value;

    public static double MultiplyAdd(double left, double right, double addend) => Math.FusedMultiplyAdd(left, right, addend);

    public static double Round(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    public static double MaxMagnitude(double left, double right) => Math.Max(Math.Abs(left), Math.Abs(right));

    public static double Max(double value) => value;
}
