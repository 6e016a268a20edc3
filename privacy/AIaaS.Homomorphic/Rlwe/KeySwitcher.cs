using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>RNS key switching with one special prime: digits times keys over primes q_0 ... q_l and P, then division by P.</summary>
/// <remarks>
/// Bajard, Eynard, Hasan, Zucca, "A full RNS variant of FV" (2016); Cheon, Han, Kim, Kim, Song, "A full RNS variant of approximate homomorphic encryption" (2018);
/// hoisting: Halevi, Shoup, "Faster homomorphic linear transformations in HElib" (2018). "Extended" values have level + 2 rows a polynomial, the special prime's last.
/// </remarks>
internal sealed class KeySwitcher(CkksContext context)
{
    /// <summary>Threads that one operation may use.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>The two extended polynomials of sum_j sigma(digit_j) * key_j.</summary>
    /// <param name="digits">Of the polynomial to switch, before the automorphism.</param>
    /// <param name="key">From sigma(s), or s^2, to s.</param>
    /// <param name="automorphism">Sigma; null for none.</param>
    /// <param name="extended">Holds the 2 (level + 2) rows.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="add">Whether they are added to what is there.</param>
    public void InnerProducts(Decomposition digits, KeySwitchKey key, Automorphism? automorphism, ResidueBuffer extended, int first, bool add = false) =>
        RowJobs.Run(InnerProductJob.Parts * (digits.Level + 2), Threads, new InnerProductJob(context, digits, key, automorphism, null, extended, first, add));

    /// <summary>The same, and P sigma(c) is added to the first polynomial, so that a division by P leaves the whole rotated ciphertext.</summary>
    /// <param name="digits">Of the ciphertext's second polynomial.</param>
    /// <param name="rows">Its first polynomial c, from the first row on.</param>
    /// <param name="key">From sigma(s) to s.</param>
    /// <param name="automorphism">Sigma.</param>
    /// <param name="extended">Holds the 2 (level + 2) rows.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="add">Whether they are added to what is there.</param>
    public void Rotate(Decomposition digits, ResidueBuffer rows, KeySwitchKey key, Automorphism automorphism, ResidueBuffer extended, int first, bool add = false) =>
        RowJobs.Run(InnerProductJob.Parts * (digits.Level + 2), Threads, new InnerProductJob(context, digits, key, automorphism, rows, extended, first, add));

    /// <summary>Divides two extended polynomials by P, rounding, into <paramref name="destination"/>'s polynomials from row <paramref name="to"/> on.</summary>
    public void Divide(ResidueBuffer extended, int first, int level, ResidueBuffer destination, int to)
    {
        var remainders = context.Pool.Rent(2);
        RowJobs.Run(2, Threads, new RemainderJob(context, extended, first, level, remainders));
        RowJobs.Run(2 * (level + 1), Threads, new DivideJob(context, extended, first, level, remainders, destination, to));
        context.Pool.Return(remainders);
    }

    private readonly struct InnerProductJob(
        CkksContext context, Decomposition digits, KeySwitchKey key, Automorphism? automorphism, ResidueBuffer? rows, ResidueBuffer extended, int to, bool add) : IRowJob
    {
        /// <summary>Of a row, so that threads share an odd number of rows evenly.</summary>
        public const int Parts = 2;

        public void Run(int index)
        {
            var (row, part) = Math.DivRem(index, Parts);
            var level = digits.Level;
            var ring = context.RingAt(row, level);
            var length = extended.Degree / Parts;
            var start = part * length;
            var (left, right) = key.Rows(row <= level ? row : context.Rings.Length - 1, level);
            (left, right) = (left with { Offset = start }, right with { Offset = start });
            var from = digits.Modulo(row) with { Offset = automorphism is null ? start : 0 };
            var first = extended[to + row].Slice(start, length);
            ring.InnerProducts(from, left, right, automorphism, first, extended[to + level + 2 + row].Slice(start, length), add);
            if (rows is not null && row <= level) ring.AddMultiple(rows[row], context.Special.Modulus % ring.Modulus, automorphism, first, start);
        }
    }

    private readonly struct RemainderJob(CkksContext context, ResidueBuffer extended, int first, int level, ResidueBuffer remainders) : IRowJob
    {
        public void Run(int row) => context.Special.Inverse(extended[first + row * (level + 2) + level + 1], remainders[row]);
    }

    private readonly struct DivideJob(CkksContext context, ResidueBuffer extended, int first, int level, ResidueBuffer remainders, ResidueBuffer destination, int to) : IRowJob
    {
        public void Run(int row)
        {
            var polynomial = row / (level + 1);
            var prime = row % (level + 1);
            var ring = context.Rings[prime];
            var lifted = context.Pool.Rent(1);
            ring.ForwardLifted(context.Special, remainders[polynomial], lifted[0]);
            ring.SubtractMultiplyScalar(
                extended[first + polynomial * (level + 2) + prime], lifted[0], context.InverseOf(context.Rings.Length - 1, prime), destination[to + row]);
            context.Pool.Return(lifted);
        }
    }
}
