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

        var babies = Context.Pool.Rent(transform.Babies.Count * 2 * (level + 2));
        Rotate(inputs, transform, babies);
        var extended = Context.Pool.Rent(4 * (level + 2));
        var giants = transform.Giants.Count;
        for (var giant = giants - 1; giant >= 0; giant--)
        {
            // What is there so far moves on by one giant step, and its key switch shares this step's division.
            if (giant < giants - 1) MoveOn(destination, transform.GiantStep, extended);
            RowJobs.Run(level + 2, Threads, new GiantJob(transform, giant, babies, extended, giant < giants - 1));
            _switcher.Divide(extended, 0, level, destination.Rows, 0);
        }
        Context.Pool.Return(extended);
        Context.Pool.Return(babies);
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
            var lifted = Context.Pool.Rent(level + 1);
            RowJobs.Run(level + 1, Threads, new TimesSpecialJob(Context, value.Rows, 0, lifted, 0));
            Decomposition? digits = null;
            for (var baby = 0; baby < transform.Babies.Count; baby++)
            {
                if (transform.Babies[baby].Input != input) continue;
                var first = baby * 2 * (level + 2);
                if (transform.Babies[baby].Steps == 0)
                {
                    WriteUnrotated(value, lifted, babies, first);
                    continue;
                }
                digits ??= new Decomposition(Context, value.Rows, level + 1, level, Threads);
                var element = Context.GaloisElement(transform.Babies[baby].Steps);
                var automorphism = Context.AutomorphismOf(element);
                _switcher.InnerProducts(digits.Value, Galois(element), automorphism, babies, first);
                RowJobs.Run(level + 1, Threads, new MoveAddJob(Context, lifted, automorphism, babies, first));
            }
            digits?.Release();
            Context.Pool.Return(lifted);
        }
    }

    private void WriteUnrotated(Ciphertext value, ResidueBuffer lifted, ResidueBuffer babies, int first)
    {
        var level = value.Level;
        for (var prime = 0; prime <= level; prime++) lifted[prime].CopyTo(babies[first + prime]);
        babies[first + level + 1].Clear();
        RowJobs.Run(level + 1, Threads, new TimesSpecialJob(Context, value.Rows, level + 1, babies, first + level + 2));
        babies[first + 2 * level + 3].Clear();
    }

    /// <summary>Rotates by the giant step, without division, into the second half of the extended rows.</summary>
    private void MoveOn(Ciphertext value, int steps, ResidueBuffer extended)
    {
        var level = value.Level;
        var element = Context.GaloisElement(steps);
        var automorphism = Context.AutomorphismOf(element);
        var lifted = Context.Pool.Rent(level + 1);
        RowJobs.Run(level + 1, Threads, new TimesSpecialJob(Context, value.Rows, 0, lifted, 0));
        var digits = new Decomposition(Context, value.Rows, level + 1, level, Threads);
        _switcher.InnerProducts(digits, Galois(element), automorphism, extended, 2 * (level + 2));
        digits.Release();
        RowJobs.Run(level + 1, Threads, new MoveAddJob(Context, lifted, automorphism, extended, 2 * (level + 2)));
        Context.Pool.Return(lifted);
    }

    private readonly struct TimesSpecialJob(CkksContext context, ResidueBuffer source, int first, ResidueBuffer destination, int to) : IRowJob
    {
        public void Run(int row)
        {
            var ring = context.Rings[row];
            ring.MultiplyScalar(source[first + row], context.Special.Modulus % ring.Modulus, destination[to + row]);
        }
    }

    private readonly struct MoveAddJob(CkksContext context, ResidueBuffer source, Automorphism automorphism, ResidueBuffer destination, int to) : IRowJob
    {
        public void Run(int row)
        {
            var moved = context.Pool.Rent(1);
            automorphism.Apply(source[row], moved[0]);
            context.Rings[row].Add(destination[to + row], moved[0], destination[to + row]);
            context.Pool.Return(moved);
        }
    }

    private readonly struct GiantJob(EncodedTransform transform, int giant, ResidueBuffer babies, ResidueBuffer extended, bool addMoved) : IRowJob
    {
        public void Run(int row)
        {
            var level = transform.Level;
            var columns = level + 2;
            var ring = transform.Context.RingAt(row, level);
            var first = extended[row];
            var second = extended[columns + row];
            var runs = transform.Giants[giant];
            var part = transform.Context.Pool.Rent(2);
            for (var i = 0; i < runs.Count; i++)
            {
                var run = runs[i];
                var values = new RowSet(transform.Rows, run.Term * columns + row, columns, run.Count);
                var left = new RowSet(babies, run.Baby * 2 * columns + row, 2 * columns, run.Count);
                var right = left with { First = left.First + columns };
                ring.InnerProducts(values, left, right, null, i == 0 ? first : part[0], i == 0 ? second : part[1]);
                if (i == 0) continue;
                ring.Add(first, part[0], first);
                ring.Add(second, part[1], second);
            }
            transform.Context.Pool.Return(part);
            if (runs.Count == 0)
            {
                first.Clear();
                second.Clear();
            }
            if (!addMoved) return;
            ring.Add(first, extended[2 * columns + row], first);
            ring.Add(second, extended[3 * columns + row], second);
        }
    }
}
