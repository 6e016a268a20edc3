using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>The RNS digits of one polynomial, each in NTT form modulo every prime of its level and the special one.</summary>
/// <remarks>Digit j is the polynomial modulo prime j, coefficients nearest zero. Made once, it serves any number of rotations ("hoisting").</remarks>
internal readonly struct Decomposition
{
    private readonly CkksContext _context;
    private readonly ResidueBuffer _digits;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="rows">Holds the polynomial.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="level">Its level.</param>
    /// <param name="threads">How many may work.</param>
    public Decomposition(CkksContext context, ResidueBuffer rows, int first, int level, int threads)
    {
        _context = context;
        Level = level;
        _digits = context.Pool.Rent((level + 1) * (level + 2));
        var coefficients = context.Pool.Rent(level + 1);
        RowJobs.Run(level + 1, threads, new ToCoefficients(context, rows, first, coefficients));
        RowJobs.Run((level + 1) * (level + 2), threads, new ToDigits(context, rows, first, coefficients, _digits, level));
        context.Pool.Return(coefficients);
    }

    public int Level { get; }

    /// <summary>All digits modulo one prime; <paramref name="row"/> level + 1 is the special one.</summary>
    public RowSet Modulo(int row) => new(_digits, row, Level + 2, Level + 1);

    public void Release() => _context.Pool.Return(_digits);

    private readonly struct ToCoefficients(CkksContext context, ResidueBuffer rows, int first, ResidueBuffer coefficients) : IRowJob
    {
        public void Run(int row) => context.Rings[row].Inverse(rows[first + row], coefficients[row]);
    }

    private readonly struct ToDigits(CkksContext context, ResidueBuffer rows, int first, ResidueBuffer coefficients, ResidueBuffer digits, int level) : IRowJob
    {
        // Row after row of one prime: its tables stay in the cache.
        public void Run(int index)
        {
            var (row, digit) = Math.DivRem(index, level + 1);
            var destination = digits[digit * (level + 2) + row];
            if (digit == row) rows[first + row].CopyTo(destination);
            else context.RingAt(row, level).ForwardLifted(context.Rings[digit], coefficients[digit], destination);
        }
    }
}
