using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

/// <summary>A ring under test with its sample rows: random residues, and the residues at the edges of every range kernels rely on.</summary>
internal sealed class RingCase
{
    private readonly Random _random;

    public RingCase(Func<ulong, int, PrimeRing> create, int bits, int degree, int index = 0)
    {
        Bits = bits;
        Modulus = Primes.Generate(degree, [.. Enumerable.Repeat(bits, index + 1)])[0];
        Ring = create(Modulus, degree);
        _random = new Random(HashCode.Combine(bits, degree));
    }

    public PrimeRing Ring { get; }

    public int Bits { get; }

    public ulong Modulus { get; }

    public int Degree => Ring.Degree;

    /// <summary>Canonical rows: each is the left operand once and the right operand once.</summary>
    public IEnumerable<ulong[]> Samples()
    {
        yield return Random();
        yield return Random();
        foreach (var extreme in Extremes()) yield return [.. Enumerable.Repeat(extreme, Degree)];
        yield return Mixed();
        yield return Random();
    }

    public ulong[] Random() => [.. Enumerable.Range(0, Degree).Select(_ => RandomResidue())];

    /// <summary>Every extreme in turn.</summary>
    public ulong[] Mixed()
    {
        var extremes = Extremes();
        return [.. Enumerable.Range(0, Degree).Select(i => extremes[i % extremes.Length])];
    }

    public ulong RandomResidue() => (ulong)_random.NextInt64((long)Modulus);

    /// <summary>The ends of [0, p) and of (-p/2, p/2).</summary>
    public ulong[] Extremes() => [Modulus - 1, Modulus / 2, Modulus / 2 + 1, 0, 1];

    /// <summary>A row that holds these residues, as the ring stores them.</summary>
    public Span<double> Row(ReadOnlySpan<ulong> residues)
    {
        var row = Empty();
        Ring.FromCanonical(residues, row);
        return row;
    }

    /// <summary>A row full of what no ring may read.</summary>
    public Span<double> Empty()
    {
        var row = new ResidueBuffer(Degree, 1)[0];
        row.Fill(double.NaN);
        return row;
    }

    public ulong[] Read(ReadOnlySpan<double> row)
    {
        var residues = new ulong[Degree];
        Ring.ToCanonical(row, residues);
        return residues;
    }

    public void ShouldHold(ReadOnlySpan<double> row, Func<int, ulong> expected, string what)
    {
        var actual = Read(row);
        for (var i = 0; i < Degree; i++)
            if (actual[i] != expected(i)) Assert.Fail($"{what}, {this}, index {i}: {actual[i]} instead of {expected(i)}");
    }

    public override string ToString() => $"p = {Modulus} ({Bits} bits), N = {Degree}";
}
