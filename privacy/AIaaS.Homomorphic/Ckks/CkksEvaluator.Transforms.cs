using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Linear transforms with hoisted baby steps, everything kept over the special prime until one division per giant step.</summary>
/// <remarks>Bossuat, Mouchet, Troncoso-Pastoriza, Hubaux, "Efficient bootstrapping for approximate homomorphic encryption" (2021), section 4 (double hoisting).</remarks>
public sealed partial class CkksEvaluator
{
    public EncodedTransform Prepare(LinearTransform transform, int level, double scale)
    {
        ArgumentNullException.ThrowIfNull(transform);
        OperandChecks.Transform(Parameters, transform);
        OperandChecks.Scale(Parameters, scale, level);
        if (transform.Rotations.Count > 0) OperandChecks.KeySwitching(Parameters);
        var special = Parameters.AllowsKeySwitching;
        var columns = level + (special ? 2 : 1);
        var rows = new ResidueBuffer(Parameters.Degree, transform.Terms.Count * columns);
        var encoded = new EncodedTransform(Context, transform, rows, level, scale);
        for (var term = 0; term < encoded.Order.Count; term++)
        {
            var one = _encoder.Encode(Shifted(encoded.Order[term], transform.GiantStep), level, scale, special);
            for (var row = 0; row < columns; row++) one[row].CopyTo(rows[term * columns + row]);
            Context.Pool.Return(one, secret: true);
        }
        return encoded;
    }

    public Ciphertext Transform(ReadOnlySpan<Ciphertext> inputs, EncodedTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        var result = New(2, transform.Level, 1);
        try
        {
            Transform(inputs, transform, result);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public void Transform(ReadOnlySpan<Ciphertext> inputs, EncodedTransform transform, Ciphertext destination)
    {
        ArgumentNullException.ThrowIfNull(transform);
        OperandChecks.KeySwitching(Parameters);
        foreach (var input in inputs)
        {
            Check(input);
            CheckDestination(destination, input);
        }
        OperandChecks.TransformInputs(Parameters, inputs, transform, transform.InputCount);
        var level = transform.Level;
        destination.Reshape(2, level, inputs[0].Scale * transform.Scale);

        var columns = level + 2;
        var giants = transform.Giants.Count;
        var babies = Context.Pool.Rent(transform.Babies.Count * 2 * columns);
        Rotate(inputs, transform, babies);
        var sums = Context.Pool.Rent(giants * 2 * columns);
        RowJobs.Run(columns * (sums.Degree / GiantSumsJob.Part), Threads, new GiantSumsJob(transform, babies, sums));
        Context.Pool.Return(babies);
        for (var giant = giants - 1; giant >= 0; giant--)
        {
            var first = giant * 2 * columns;
            // What is there so far moves on by one giant step, and its key switch shares this step's division.
            if (giant < giants - 1) MoveOn(destination, transform.GiantStep, sums, first);
            _switcher.Divide(sums, first, level, destination.Rows, 0);
        }
        Context.Pool.Return(sums);
        RefuseTransparent(destination);
    }

    // The giant rotations come after the products, so the values are rotated the other way in advance.
    private double[] Shifted(DiagonalTerm term, int giantStep)
    {
        var slots = Parameters.SlotCount;
        var shift = (int)((long)term.Giant * giantStep % slots + slots) % slots;
        if (shift == 0) return term.Values;
        var moved = new double[slots];
        for (var i = 0; i < term.Values.Length; i++) moved[(i + shift) % slots] = term.Values[i];
        return moved;
    }

    /// <summary>Writes every rotated input, extended, first polynomial then second.</summary>
    private void Rotate(ReadOnlySpan<Ciphertext> inputs, EncodedTransform transform, ResidueBuffer babies)
    {
        var level = transform.Level;
        for (var input = 0; input < inputs.Length; input++)
        {
            var value = inputs[input];
            Decomposition? digits = null;
            for (var baby = 0; baby < transform.Babies.Count; baby++)
            {
                if (transform.Babies[baby].Input != input) continue;
                var first = baby * 2 * (level + 2);
                if (transform.Babies[baby].Steps == 0)
                {
                    RowJobs.Run(2 * (level + 2), Threads, new TimesSpecialJob(Context, value, babies, first));
                    continue;
                }
                digits ??= new Decomposition(Context, value.Rows, level + 1, level, Threads);
                var element = Context.GaloisElement(transform.Babies[baby].Steps);
                _switcher.Rotate(digits.Value, value.Rows, Galois(element), Context.AutomorphismOf(element), babies, first);
            }
            digits?.Release();
        }
    }

    /// <summary>Rotates by the giant step, without division, and adds that to extended rows.</summary>
    private void MoveOn(Ciphertext value, int steps, ResidueBuffer extended, int first)
    {
        var element = Context.GaloisElement(steps);
        var digits = new Decomposition(Context, value.Rows, value.Level + 1, value.Level, Threads);
        _switcher.Rotate(digits, value.Rows, Galois(element), Context.AutomorphismOf(element), extended, first, add: true);
        digits.Release();
    }

    private readonly struct TimesSpecialJob(CkksContext context, Ciphertext value, ResidueBuffer destination, int first) : IRowJob
    {
        public void Run(int row)
        {
            var (polynomial, prime) = Math.DivRem(row, value.Level + 2);
            if (prime > value.Level)
            {
                destination[first + row].Clear();
                return;
            }
            var ring = context.Rings[prime];
            ring.MultiplyScalar(value.Row(polynomial, prime), context.Special.Modulus % ring.Modulus, destination[first + row]);
        }
    }

    /// <summary>Every giant step's sum of products, a part of the row at a time, so that the rotated inputs stay in the second-level cache.</summary>
    private readonly struct GiantSumsJob(EncodedTransform transform, ResidueBuffer babies, ResidueBuffer sums) : IRowJob
    {
        /// <summary>Values of a row done at a time; the smallest degree.</summary>
        public const int Part = SecurityLimits.MinDegree;

        public void Run(int index)
        {
            var (row, part) = Math.DivRem(index, sums.Degree / Part);
            var columns = transform.Level + 2;
            for (var giant = 0; giant < transform.Giants.Count; giant++)
            {
                var first = sums[giant * 2 * columns + row].Slice(part * Part, Part);
                var second = sums[(giant * 2 + 1) * columns + row].Slice(part * Part, Part);
                Sum(transform.Giants[giant], row, part * Part, first, second);
            }
        }

        private void Sum(IReadOnlyList<EncodedTransform.Run> runs, int row, int start, Span<double> first, Span<double> second)
        {
            var columns = transform.Level + 2;
            var ring = transform.Context.RingAt(row, transform.Level);
            if (runs.Count == 0)
            {
                first.Clear();
                second.Clear();
            }
            for (var i = 0; i < runs.Count; i++)
            {
                var run = runs[i];
                var values = new RowSet(transform.Rows, run.Term * columns + row, columns, run.Count) { Offset = start };
                var left = new RowSet(babies, run.Baby * 2 * columns + row, 2 * columns, run.Count) { Offset = start };
                ring.InnerProducts(values, left, left with { First = left.First + columns }, null, first, second, add: i > 0);
            }
        }
    }
}
