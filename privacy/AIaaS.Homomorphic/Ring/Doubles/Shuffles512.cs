using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Doubles;

/// <summary>Shuffles of eight lanes, each one instruction of AVX-512; without it, lane by lane, so that tests can walk the path anywhere.</summary>
internal static class Shuffles512
{
    /// <summary>Two quarters of the left and two of the right, two bits of <paramref name="control"/> each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Quarters(Vector512<double> left, Vector512<double> right, [ConstantExpected] byte control) =>
        Avx512F.IsSupported ? Avx512F.Shuffle4x128(left, right, control) : SoftwareQuarters(left, right, control);

    /// <summary>Lanes 0, 2, 4, 6 of both, in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Even(Vector512<double> left, Vector512<double> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackLow(left, right) : Software(left, right, lane => (lane & ~1) + (lane % 2 * 8));

    /// <summary>Lanes 1, 3, 5, 7 of both, in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Odd(Vector512<double> left, Vector512<double> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackHigh(left, right) : Software(left, right, lane => (lane | 1) + (lane % 2 * 8));

    /// <summary>Any lanes of both: 0 to 7 of the left, 8 to 15 of the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Pick(Vector512<double> left, Vector512<long> lanes, Vector512<double> right) =>
        Avx512F.IsSupported ? Avx512F.PermuteVar8x64x2(left, lanes, right) : SoftwarePick(left, lanes, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Permute(Vector512<double> source, Vector512<long> lanes) =>
        Avx512F.IsSupported ? Avx512F.PermuteVar8x64(source, lanes) : SoftwarePick(source, lanes, source);

    // Apart, so that the closures are made on this path only.
    private static Vector512<double> SoftwareQuarters(Vector512<double> left, Vector512<double> right, byte control) =>
        Software(left, right, lane => (control >> (lane & ~1)) % 4 * 2 + lane % 2 + (lane < 4 ? 0 : 8));

    private static Vector512<double> SoftwarePick(Vector512<double> left, Vector512<long> lanes, Vector512<double> right) =>
        Software(left, right, lane => (int)lanes[lane]);

    private static Vector512<double> Software(Vector512<double> left, Vector512<double> right, Func<int, int> from)
    {
        var result = Vector512<double>.Zero;
        for (var lane = 0; lane < 8; lane++)
        {
            var source = from(lane);
            result = result.WithElement(lane, source < 8 ? left[source] : right[source - 8]);
        }
        return result;
    }
}
