using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>What every kind of ring must do, exactly. A kind of kernels is tested by one class derived from this.</summary>
public abstract partial class PrimeRingConformance
{
    private static readonly int[] AllBits = [20, 21, 30, 36, 40, 46, 48, 49, 50, 51, 55, 59, 60];
    private static readonly int[] LargeDegrees = [2048, 4096, 8192, 16384, 32768, 65536];

    private readonly Func<ulong, int, PrimeRing> _create;
    private readonly int _maxBits;
    private readonly int _minDegree;

    /// <param name="create">Makes the kind under test.</param>
    /// <param name="maxBits">Its largest primes.</param>
    /// <param name="minDegree">Its smallest degree.</param>
    private protected PrimeRingConformance(Func<ulong, int, PrimeRing> create, int maxBits, int minDegree)
    {
        _create = create;
        _maxBits = maxBits;
        _minDegree = minDegree;
    }

    private delegate void Operation(PrimeRing ring, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    [Fact]
    public void Add_AnyResidues_GivesTheSum() =>
        CheckPointwise((ring, a, b, c) => ring.Add(a, b, c), (x, y, p) => (x + y) % p);

    [Fact]
    public void Subtract_AnyResidues_GivesTheDifference() =>
        CheckPointwise((ring, a, b, c) => ring.Subtract(a, b, c), (x, y, p) => (x + p - y) % p);

    [Fact]
    public void Negate_AnyResidues_GivesTheOpposite() =>
        CheckPointwise((ring, a, _, c) => ring.Negate(a, c), (x, _, p) => (p - x) % p);

    [Fact]
    public void Multiply_AnyResidues_GivesTheProduct() =>
        CheckPointwise((ring, a, b, c) => ring.Multiply(a, b, c), (x, y, p) => x * y % p);

    [Fact]
    public void MultiplyAdd_AnyResidues_AddsTheProduct()
    {
        foreach (var at in Cases())
            foreach (var (left, right) in Pairs(at))
            {
                var start = at.Random();
                var destination = at.Row(start);
                at.Ring.MultiplyAdd(at.Row(left), at.Row(right), destination);
                at.ShouldHold(destination, i => Exact(at, (UInt128)left[i] * right[i] + start[i]), "multiply and add");
            }
    }

    [Fact]
    public void MultiplyScalar_AnyScalar_GivesTheProduct()
    {
        foreach (var at in Cases())
            foreach (var scalar in at.Extremes().Append(at.RandomResidue()))
                CheckPointwise(at, (ring, a, _, c) => ring.MultiplyScalar(a, scalar, c), (x, _, p) => x * scalar % p);
    }

    [Fact]
    public void SubtractMultiplyScalar_AnyScalar_GivesTheScaledDifference()
    {
        foreach (var at in Cases())
            foreach (var scalar in at.Extremes().Append(at.RandomResidue()))
                CheckPointwise(at, (ring, a, b, c) => ring.SubtractMultiplyScalar(a, b, scalar, c), (x, y, p) => (x + p - y) % p * scalar % p);
    }

    /// <summary>All sizes at the smallest degrees, and all degrees at telling sizes.</summary>
    private IEnumerable<RingCase> Cases()
    {
        foreach (var bits in AllBits.Where(bits => bits <= _maxBits))
            foreach (var degree in bits is 20 or 40 or 50 or 60 ? (int[])[_minDegree, 1024] : [_minDegree])
                yield return new RingCase(_create, bits, degree);
        foreach (var degree in (int[])[32, 64, 128, 256, 512])
            if (degree > _minDegree) yield return new RingCase(_create, Math.Min(50, _maxBits), degree);
    }

    private IEnumerable<RingCase> LargeCases()
    {
        foreach (var degree in LargeDegrees)
            foreach (var bits in (int[])[40, _maxBits])
                yield return new RingCase(_create, bits, degree);
    }

    private static IEnumerable<(ulong[] Left, ulong[] Right)> Pairs(RingCase at) => at.Samples().Zip(at.Samples().Skip(1).Append(at.Random()));

    private void CheckPointwise(Operation operation, Func<UInt128, UInt128, UInt128, UInt128> exact)
    {
        foreach (var at in Cases()) CheckPointwise(at, operation, exact);
    }

    /// <summary>Into a row of its own, and onto each operand.</summary>
    private static void CheckPointwise(RingCase at, Operation operation, Func<UInt128, UInt128, UInt128, UInt128> exact)
    {
        foreach (var (left, right) in Pairs(at))
        {
            ulong Expected(int i) => (ulong)exact(left[i], right[i], at.Modulus);
            var a = at.Row(left);
            var b = at.Row(right);
            var c = at.Empty();
            operation(at.Ring, a, b, c);
            at.ShouldHold(c, Expected, "into a third row");
            at.ShouldHold(a, i => left[i], "the left operand");
            at.ShouldHold(b, i => right[i], "the right operand");
            operation(at.Ring, a, b, a);
            at.ShouldHold(a, Expected, "onto the left");
            a = at.Row(left);
            operation(at.Ring, a, b, b);
            at.ShouldHold(b, Expected, "onto the right");
        }
    }

    private static ulong Exact(RingCase at, UInt128 value) => (ulong)(value % at.Modulus);
}
