using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Tests.Ring;

public abstract partial class PrimeRingConformance
{
    // Around every count after which a kernel may have to reduce, and the most digits there are.
    private static readonly int[] Counts = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 60];

    [Fact]
    public void InnerProduct_AnyCount_GivesTheSumOfProducts()
    {
        foreach (var at in Cases().Where(at => at.Degree == _minDegree))
            foreach (var count in Counts)
                foreach (var extreme in (ulong?[])[null, at.Modulus / 2, at.Modulus / 2 + 1, at.Modulus - 1])
                {
                    var (left, leftRows) = Rows(at, count, extreme, step: 2);
                    var (right, rightRows) = Rows(at, count, extreme, step: 3);
                    var sum = at.Empty();
                    at.Ring.InnerProduct(leftRows, rightRows, sum);
                    at.ShouldHold(sum, i => Sum(at, left, right, i, i), $"inner product of {count}");
                }
    }

    [Fact]
    public void InnerProducts_AnyCountAndPermutation_GiveBothSums()
    {
        foreach (var at in Cases().Where(at => at.Degree == _minDegree || at.Bits == 50))
            foreach (var count in (int[])[1, 3, 8, 9, 17])
                foreach (var element in (int?[])[null, 1, 3, 9, 2 * at.Degree - 1, 2 * at.Degree - 3, at.Degree + 1])
                {
                    var permutation = element is { } g ? new Automorphism(at.Degree, g) : null;
                    var (left, leftRows) = Rows(at, count, null, step: 1);
                    var (right0, rows0) = Rows(at, count, at.Modulus / 2, step: 2);
                    // The halves of a key lie in the same steps.
                    var (right1, rows1) = Rows(at, count, null, step: 2);
                    var sum0 = at.Empty();
                    var sum1 = at.Empty();
                    at.Ring.InnerProducts(leftRows, rows0, rows1, permutation, sum0, sum1);
                    int Source(int i) => permutation?.Sources[i] ?? i;
                    at.ShouldHold(sum0, i => Sum(at, left, right0, Source(i), i), $"first of {count} by {element}");
                    at.ShouldHold(sum1, i => Sum(at, left, right1, Source(i), i), $"second of {count} by {element}");
                }
    }

    [Fact]
    public void InnerProducts_AddedToWhatIsThere_GiveThatAndBothSums()
    {
        foreach (var at in Cases().Where(at => at.Degree == _minDegree))
            foreach (var count in (int[])[1, 7, 8, 9, 17, 32])
                foreach (var extreme in (ulong?[])[null, at.Modulus / 2, at.Modulus / 2 + 1, at.Modulus - 1])
                {
                    var (left, leftRows) = Rows(at, count, extreme, step: 1);
                    var (right, rightRows) = Rows(at, count, extreme, step: 2);
                    var (before, held) = Rows(at, 2, extreme, step: 1);
                    at.Ring.InnerProducts(leftRows, rightRows, rightRows, null, held[0], held[1], add: true);
                    at.ShouldHold(held[0], i => Modular.Add(before[0][i], Sum(at, left, right, i, i), at.Modulus), $"first and {count} more");
                    at.ShouldHold(held[1], i => Modular.Add(before[1][i], Sum(at, left, right, i, i), at.Modulus), $"second and {count} more");
                }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InnerProducts_OfAPart_LeaveTheRestAlone(bool permuted)
    {
        foreach (var at in Cases().Where(at => at.Degree == _minDegree))
        {
            const int Length = 16;
            var permutation = permuted ? new Automorphism(at.Degree, 9) : null;
            var (left, leftRows) = Rows(at, 3, null, step: 1);
            var (right, rightRows) = Rows(at, 3, null, step: 2);
            var (before, held) = Rows(at, 2, null, step: 1);
            for (var start = 0; start < at.Degree; start += 2 * Length)
            {
                var lefts = leftRows with { Offset = permuted ? 0 : start };
                var rights = rightRows with { Offset = start };
                at.Ring.InnerProducts(lefts, rights, rights, permutation, held[0].Slice(start, Length), held[1].Slice(start, Length));
            }
            int Source(int i) => permutation?.Sources[i] ?? i;
            for (var row = 0; row < 2; row++)
                at.ShouldHold(held[row], i => i / Length % 2 == 0 ? Sum(at, left, right, Source(i), i) : before[row][i], "every other part");
        }
    }

    [Fact]
    public void AddMultiple_AnyScalarAndPermutation_AddsTheMovedProduct()
    {
        foreach (var at in Cases())
            foreach (var scalar in at.Extremes().Append(at.RandomResidue()))
                foreach (var element in (int?[])[null, 9, 2 * at.Degree - 1])
                {
                    var permutation = element is { } g ? new Automorphism(at.Degree, g) : null;
                    var (residues, rows) = Rows(at, 2, null, step: 1);
                    var half = at.Degree / 2;
                    at.Ring.AddMultiple(rows[0], scalar, permutation, rows[1][..half]);
                    at.Ring.AddMultiple(rows[0], scalar, permutation, rows[1][half..], offset: half);
                    ulong Product(int i) => (ulong)((UInt128)residues[0][permutation?.Sources[i] ?? i] * scalar % at.Modulus);
                    at.ShouldHold(rows[1], i => Modular.Add(residues[1][i], Product(i), at.Modulus), $"{scalar} times, by {element}");
                }
    }

    [Fact]
    public void Automorphism_OfValues_IsTheAutomorphismOfCoefficients()
    {
        foreach (var at in Cases().Where(at => at.Degree <= 1024))
            foreach (var element in (int[])[1, 3, 5, 9, at.Degree - 1, at.Degree + 1, 2 * at.Degree - 1, 2 * at.Degree - 3])
            {
                var residues = at.Random();
                var row = at.Row(residues);
                var moved = at.Empty();
                at.Ring.Forward(row, row);
                new Automorphism(at.Degree, element).Apply(row, moved);
                at.Ring.Inverse(moved, moved);
                var expected = new ulong[at.Degree];
                for (var j = 0; j < at.Degree; j++)
                {
                    var power = (int)((long)j * element % (2 * at.Degree));
                    expected[power % at.Degree] = power < at.Degree ? residues[j] : Modular.Negate(residues[j], at.Modulus);
                }
                at.ShouldHold(moved, i => expected[i], $"a(X^{element})");
            }
    }

    private static (ulong[][] Residues, RowSet Rows) Rows(RingCase at, int count, ulong? everywhere, int step)
    {
        var first = step - 1;
        var buffer = new ResidueBuffer(at.Degree, first + count * step);
        for (var row = 0; row < buffer.Rows; row++) buffer[row].Fill(double.NaN);
        var residues = new ulong[count][];
        for (var j = 0; j < count; j++)
        {
            residues[j] = everywhere is { } value ? [.. Enumerable.Repeat(value, at.Degree)] : at.Random();
            at.Ring.FromCanonical(residues[j], buffer[first + j * step]);
        }
        return (residues, new RowSet(buffer, first, step, count));
    }

    private static ulong Sum(RingCase at, ulong[][] left, ulong[][] right, int leftIndex, int rightIndex)
    {
        var sum = UInt128.Zero;
        for (var j = 0; j < left.Length; j++) sum = (sum + (UInt128)left[j][leftIndex] * right[j][rightIndex]) % at.Modulus;
        return (ulong)sum;
    }
}
