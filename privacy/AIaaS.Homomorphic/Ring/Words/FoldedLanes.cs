using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Arithmetic modulo p = 2^b - c, c small, on four 64-bit words at a time: what stands above a power of two is folded back by a product with c.</summary>
/// <remarks>
/// AVX2 multiplies 32 bits by 32. With a Shoup quotient a product modulo p would take ten such products; folding takes five (A. Menezes, P. van Oorschot,
/// S. Vanstone, "Handbook of Applied Cryptography", 1996, 14.3.4: reduction for moduli of special form). Words are any 64-bit number unless said otherwise; with u = 2^62 and 2^60 mod p below 2^25 a product
/// with a fixed factor is below 1.57 u, and <see cref="Multiple"/>, which differences add, is 7/4 u.
/// </remarks>
internal readonly struct FoldedLanes
{
    public const int Count = 4;

    /// <summary>2^60 mod p must be below two to this.</summary>
    public const int FoldBits = 25;

    private readonly Vector256<ulong> _modulus;
    private readonly Vector256<ulong> _fold60;
    private readonly Vector256<ulong> _fold61;
    private readonly Vector256<ulong> _foldTop;
    private readonly Vector256<ulong> _maskTop;
    private readonly Vector128<ulong> _top;

    public FoldedLanes(ulong modulus)
    {
        var bits = 64 - BitOperations.LeadingZeroCount(modulus);
        var fold = (1UL << 60) % modulus;
        _modulus = Vector256.Create(modulus);
        _fold60 = Vector256.Create(fold);
        _fold61 = Vector256.Create(2 * fold);
        _foldTop = Vector256.Create((1UL << bits) - modulus);
        _maskTop = Vector256.Create((1UL << bits) - 1);
        _top = Vector128.CreateScalar((ulong)bits);
        Multiple = Vector256.Create(7 * (modulus << (60 - bits)));
    }

    /// <summary>A multiple of p just below 7/4 * 2^62.</summary>
    public Vector256<ulong> Multiple { get; }

    public Vector256<ulong> Modulus => _modulus;

    public static bool Fits(ulong modulus) =>
        Avx2.IsSupported && modulus > 1UL << Primes.MaxFastBits && modulus < 1UL << Primes.MaxBits && (1UL << 60) % modulus < 1UL << FoldBits;

    /// <returns>x w, below 1.57 u.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> Multiply(Vector256<ulong> x, FoldedFactor w)
    {
        var high = x >>> 32;
        var low = Times(x, w.Low) + Times(high, w.ShiftedLow);
        var middle = Times(x, w.High) + Times(high, w.ShiftedHigh);
        return low + ((middle << FoldedFactor.Cut) & Vector256.Create((1UL << 61) - 1)) + Times(middle >>> 32, _fold61.AsUInt32());
    }

    /// <returns>x w, below 0.57 u.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> MultiplyClosely(Vector256<ulong> x, FoldedFactor w)
    {
        var high = x >>> 32;
        var low = Times(x, w.Low) + Times(high, w.ShiftedLow);
        var middle = Times(x, w.High) + Times(high, w.ShiftedHigh) + (low >>> FoldedFactor.Cut);
        return (low & Vector256.Create((1UL << FoldedFactor.Cut) - 1))
            + ((middle << FoldedFactor.Cut) & Vector256.Create((1UL << 61) - 1))
            + Times(middle >>> 32, _fold61.AsUInt32());
    }

    /// <returns>x, below u/4 + 2^29.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> Fold(Vector256<ulong> x) => (x & Vector256.Create((1UL << 60) - 1)) + Times(x >>> 60, _fold60.AsUInt32());

    /// <returns>x in [0, p).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> Reduce(Vector256<ulong> x) => SubtractOnce((x & _maskTop) + Times(Avx2.ShiftRightLogical(x, _top), _foldTop.AsUInt32()));

    /// <summary>x below 2p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> SubtractOnce(Vector256<ulong> x)
    {
        var less = x - _modulus;
        return Avx.BlendVariable(less.AsDouble(), x.AsDouble(), less.AsDouble()).AsUInt64();
    }

    /// <summary>x above -p, in two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> AddOnce(Vector256<ulong> x) => Avx.BlendVariable(x.AsDouble(), (x + _modulus).AsDouble(), x.AsDouble()).AsUInt64();

    /// <summary>low + 2^30 middle + 2^60 high, with low and high below 2^63 and middle below 2^64 - 2^34.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> Reduce(Vector256<ulong> low, Vector256<ulong> middle, Vector256<ulong> high)
    {
        var mask = Vector256.Create((1UL << 30) - 1);
        var fold = _fold60.AsUInt32();
        middle += low >>> 30;
        high += middle >>> 30;
        // high 2^60 = (upper 2^32 + lower) fold, and upper fold, below 2^57, goes up to 2^60 once more.
        var upper = Times(high >>> 32, fold);
        var sum = (low & mask) + ((middle & mask) << 30) + Times(high, fold);
        return Reduce(sum + Times(upper >>> 28, fold) + ((upper & Vector256.Create((1UL << 28) - 1)) << 32));
    }

    /// <summary>Low 32 bits times low 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Times(Vector256<ulong> left, Vector256<uint> right) => Avx2.Multiply(left.AsUInt32(), right);
}
