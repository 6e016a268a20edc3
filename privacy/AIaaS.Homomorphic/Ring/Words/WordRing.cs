using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>The exact ring of primes up to 60 bits on 64-bit words in [0, p): portable, and the reference for the fast kernels.</summary>
internal partial class WordRing(ulong modulus, int degree) : PrimeRing(modulus, degree)
{
    private readonly Lazy<WordTables> _tables = new(() => new WordTables(modulus, degree));

    /// <summary>2^64 mod p and its like: what carries the upper word of a product down.</summary>
    private readonly Shoup _wordSize = Shoup.Of((ulong)((UInt128.One << 64) % modulus), modulus);

    private readonly Shoup _one = Shoup.Of(1, modulus);

    public override void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var a = Words(left);
        var b = Words(right);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Add(a[i], b[i], Modulus);
    }

    public override void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var a = Words(left);
        var b = Words(right);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Subtract(a[i], b[i], Modulus);
    }

    public override void Negate(ReadOnlySpan<double> source, Span<double> destination)
    {
        var a = Words(source);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Negate(a[i], Modulus);
    }

    public override void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var a = Words(left);
        var b = Words(right);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Product(a[i], b[i]);
    }

    public override void MultiplyAdd(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination)
    {
        var a = Words(left);
        var b = Words(right);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Add(c[i], Product(a[i], b[i]), Modulus);
    }

    public override void MultiplyScalar(ReadOnlySpan<double> source, ulong scalar, Span<double> destination)
    {
        var factor = Shoup.Of(scalar, Modulus);
        var a = Words(source);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = factor.Multiply(a[i], Modulus);
    }

    public override void SubtractMultiplyScalar(ReadOnlySpan<double> left, ReadOnlySpan<double> right, ulong scalar, Span<double> destination)
    {
        var factor = Shoup.Of(scalar, Modulus);
        var a = Words(left);
        var b = Words(right);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = factor.Multiply(Modular.Subtract(a[i], b[i], Modulus), Modulus);
    }

    public override void InnerProduct(RowSet left, RowSet right, Span<double> destination)
    {
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Sum(left, right, i, i);
    }

    public override void AddMultiple(ReadOnlySpan<double> source, ulong scalar, Automorphism? permutation, Span<double> destination, int offset = 0)
    {
        var factor = Shoup.Of(scalar, Modulus);
        var a = Words(source);
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Add(c[i], factor.Multiply(a[permutation is null ? offset + i : permutation.Sources[offset + i]], Modulus), Modulus);
    }

    public override void InnerProducts(
        RowSet left, RowSet right0, RowSet right1, Automorphism? permutation, Span<double> destination0, Span<double> destination1, bool add = false)
    {
        var c0 = Words(destination0);
        var c1 = Words(destination1);
        for (var i = 0; i < c0.Length; i++)
        {
            var source = permutation is null ? i : permutation.Sources[right0.Offset + i];
            c0[i] = Modular.Add(add ? c0[i] : 0, Sum(left, right0, source, i), Modulus);
            c1[i] = Modular.Add(add ? c1[i] : 0, Sum(left, right1, source, i), Modulus);
        }
    }

    public override void WeightedSums(ReadOnlySpan<ResidueBuffer> sources, int row, WeightMatrix weights, ReadOnlySpan<ResidueBuffer> destinations, int to)
    {
        for (var output = 0; output < destinations.Length; output++)
        {
            var c = Words(destinations[output][to]);
            c.Clear();
            for (var i = 0; i < sources.Length; i++)
            {
                var factor = Shoup.Of(Modular.Reduce((long)weights.Values[output * weights.Inputs + i], Modulus), Modulus);
                var a = Words(sources[i][row]);
                for (var k = 0; k < c.Length; k++) c[k] = Modular.Add(c[k], factor.Multiply(a[k], Modulus), Modulus);
            }
        }
    }

    // The sum of 64 products of 120 bits each still fits 128 bits.
    private ulong Sum(RowSet left, RowSet right, int leftIndex, int rightIndex)
    {
        var upper = 0UL;
        var lower = 0UL;
        for (var j = 0; j < left.Count; j++)
        {
            var high = Math.BigMul(Words(left[j])[leftIndex], Words(right[j])[rightIndex], out var low);
            lower += low;
            upper += high + (lower < low ? 1UL : 0UL);
            if ((j & 63) == 63) (upper, lower) = (0, Reduce(upper, lower));
        }
        return Reduce(upper, lower);
    }

    private ulong Product(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return Reduce(high, low);
    }

    private ulong Reduce(ulong high, ulong low) => Modular.Add(_wordSize.Multiply(high, Modulus), _one.Multiply(low, Modulus), Modulus);

    private static Span<ulong> Words(Span<double> row) => MemoryMarshal.Cast<double, ulong>(row);

    private static ReadOnlySpan<ulong> Words(ReadOnlySpan<double> row) => MemoryMarshal.Cast<double, ulong>(row);
}
