using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>The ring of primes of 51 to 60 bits just below a power of two, four words at a time. The same rows as <see cref="WordRing"/>.</summary>
internal sealed unsafe partial class FoldedWordRing : WordRing
{
    private readonly FoldedLanes _lanes;
    private readonly FoldedTables _forward;
    private readonly FoldedTables _inverse;
    private readonly uint[] _lastInverse;

    public FoldedWordRing(ulong modulus, int degree)
        : base(modulus, degree)
    {
        if (!Fits(modulus, degree)) throw new HomomorphicException($"{modulus} is not near enough below a power of two for folding, or {degree} is below {MinDegree}.");
        _lanes = new FoldedLanes(modulus);
        var root = RootOfUnity.Smallest(modulus, degree);
        _forward = new FoldedTables(RootOfUnity.Powers(root, modulus, degree), modulus);
        var powers = RootOfUnity.Powers(Modular.Inverse(root, modulus), modulus, degree);
        _inverse = new FoldedTables(powers, modulus);
        _lastInverse = LastInverse(powers);
    }

    /// <summary>Below it the passes have nothing to work on.</summary>
    public const int MinDegree = 64;

    /// <summary>Whether this processor and these arguments can have one.</summary>
    public static bool Fits(ulong modulus, int degree) => degree >= MinDegree && FoldedLanes.Fits(modulus);

    [MethodImpl(Kernels.Loop)]
    public override void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var lanes = _lanes;
        fixed (double* a = left, b = right, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(lanes.SubtractOnce(Load(a, i) + Load(b, i)), c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var lanes = _lanes;
        fixed (double* a = left, b = right, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(lanes.AddOnce(Load(a, i) - Load(b, i)), c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void Negate(ReadOnlySpan<double> source, Span<double> destination)
    {
        var lanes = _lanes;
        fixed (double* a = source, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(lanes.AddOnce(-Load(a, i)), c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void MultiplyScalar(ReadOnlySpan<double> source, ulong scalar, Span<double> destination)
    {
        var lanes = _lanes;
        var factor = FoldedFactor.Of(scalar, Modulus);
        fixed (double* a = source, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count) Store(lanes.Reduce(lanes.Multiply(Load(a, i), factor)), c, i);
    }

    [MethodImpl(Kernels.Loop)]
    public override void SubtractMultiplyScalar(ReadOnlySpan<double> left, ReadOnlySpan<double> right, ulong scalar, Span<double> destination)
    {
        var lanes = _lanes;
        var factor = FoldedFactor.Of(scalar, Modulus);
        fixed (double* a = left, b = right, c = destination)
            for (var i = 0; i < Degree; i += FoldedLanes.Count)
                Store(lanes.Reduce(lanes.Multiply(Load(a, i) + lanes.Modulus - Load(b, i), factor)), c, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load(double* row, int index) => Vector256.Load((ulong*)row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> value, double* row, int index) => value.Store((ulong*)row + index);
}
