namespace AIaaS.Homomorphic.Ring;

/// <summary>Z_p[X]/(X^N + 1) for one prime p = 1 mod 2N: arithmetic on rows of N residues.</summary>
/// <remarks>
/// A row is a span of N doubles whose meaning is private to the ring (signed doubles or 64-bit words), always reduced.
/// "Evaluated" rows are in NTT form, index i holding a(psi^(2 bitrev(i) + 1)), psi the smallest primitive 2N-th root of unity: SEAL's order.
/// "Coefficient" rows hold a_0 ... a_(N-1). Sources and destinations may be the same row; otherwise they must not overlap.
/// </remarks>
internal abstract class PrimeRing(ulong modulus, int degree)
{
    public ulong Modulus { get; } = modulus;

    public int Degree { get; } = degree;

    /// <summary>Coefficients to values. The source may be a row of this ring, or what <see cref="Lift"/> or <see cref="FromIntegers"/> wrote.</summary>
    public abstract void Forward(ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Values to coefficients, 1/N included, each the representative nearest zero.</summary>
    public abstract void Inverse(ReadOnlySpan<double> source, Span<double> destination);

    public abstract void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    public abstract void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    public abstract void Negate(ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Pointwise.</summary>
    public abstract void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    /// <summary>destination += left * right, pointwise.</summary>
    public abstract void MultiplyAdd(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    /// <summary>Every residue times one canonical number.</summary>
    public abstract void MultiplyScalar(ReadOnlySpan<double> source, ulong scalar, Span<double> destination);

    /// <summary>destination = (left - right) * scalar: the last step of dividing by a prime.</summary>
    public abstract void SubtractMultiplyScalar(ReadOnlySpan<double> left, ReadOnlySpan<double> right, ulong scalar, Span<double> destination);

    /// <summary>destination += scalar * source, permuted if there is a permutation.</summary>
    /// <param name="source">A whole row.</param>
    /// <param name="scalar">In [0, p).</param>
    /// <param name="permutation">Applied to the source as it is read; null for none.</param>
    /// <param name="destination">A row, or a part of one, a multiple of 16 values.</param>
    /// <param name="offset">Where in its row the part begins.</param>
    public abstract void AddMultiple(ReadOnlySpan<double> source, ulong scalar, Automorphism? permutation, Span<double> destination, int offset = 0);

    /// <summary>destination0 = sum_j left[j] * right0[j], destination1 = sum_j left[j] * right1[j]: the inner loop of key switching.</summary>
    /// <param name="left">Digits.</param>
    /// <param name="right0">First halves of the digit keys.</param>
    /// <param name="right1">Second halves, as far apart as the first.</param>
    /// <param name="permutation">Applied to every row of <paramref name="left"/> as it is read; null for none.</param>
    /// <param name="destination0">A row, or a part of one, a multiple of 16 values, that begins at the right operands' offset, and at the left one's too where nothing is permuted.</param>
    /// <param name="destination1">As long.</param>
    /// <param name="add">Whether the sums are added to what the destinations hold.</param>
    public abstract void InnerProducts(
        RowSet left, RowSet right0, RowSet right1, Automorphism? permutation, Span<double> destination0, Span<double> destination1, bool add = false);

    /// <summary>destination = sum_j left[j] * right[j].</summary>
    public abstract void InnerProduct(RowSet left, RowSet right, Span<double> destination);

    /// <summary>destinations[o][to] = sum_i weights[o, i] * sources[i][row], for every output o.</summary>
    public abstract void WeightedSums(ReadOnlySpan<ResidueBuffer> sources, int row, WeightMatrix weights, ReadOnlySpan<ResidueBuffer> destinations, int to);

    /// <summary>Writes integer coefficients of another prime's row (each nearest zero) so that <see cref="Forward"/> of this ring can read them.</summary>
    /// <returns>False when the source can be read as it is and nothing was written.</returns>
    public abstract bool Lift(PrimeRing from, ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Values of another prime's coefficients, each nearest zero, as this prime sees them.</summary>
    public void ForwardLifted(PrimeRing from, ReadOnlySpan<double> source, Span<double> destination)
    {
        if (Lift(from, source, destination)) Forward(destination, destination);
        else Forward(source, destination);
    }

    /// <summary>Reads integers, |x| up to 2^62, as coefficients of this ring.</summary>
    public abstract void FromIntegers(ReadOnlySpan<long> source, Span<double> destination);

    /// <summary>Reads doubles that hold integers of any finite size, exactly, as coefficients of this ring.</summary>
    public abstract void FromRounded(ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Reads residues in [0, p); whoever calls has checked that.</summary>
    public abstract void FromCanonical(ReadOnlySpan<ulong> source, Span<double> destination);

    /// <summary>Writes residues in [0, p).</summary>
    public abstract void ToCanonical(ReadOnlySpan<double> source, Span<ulong> destination);

    /// <summary>Zero in this ring's representation is all bits zero.</summary>
    public static bool IsZero(ReadOnlySpan<double> row) => row.IndexOfAnyExcept(0.0) < 0;
}
