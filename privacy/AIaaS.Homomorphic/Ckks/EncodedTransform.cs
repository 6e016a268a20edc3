using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>A linear transform whose values are encoded over the level's primes and the special one, in the order they are used in.</summary>
public sealed class EncodedTransform : ICkksValue, IDisposable
{
    private ResidueBuffer? _rows;

    internal EncodedTransform(CkksContext context, LinearTransform transform, ResidueBuffer rows, int level, double scale)
    {
        Context = context;
        _rows = rows;
        Level = level;
        Scale = scale;
        GiantStep = transform.GiantStep;
        InputCount = transform.InputCount;
        Babies = [.. transform.Terms.Select(term => new Baby(term.Input, term.Baby)).Distinct().OrderBy(baby => baby.Input).ThenBy(baby => baby.Steps)];
        Order = [.. transform.Terms.OrderBy(term => term.Giant).ThenBy(term => term.Input).ThenBy(term => term.Baby)];
        Giants = [.. Enumerable.Range(0, transform.GiantCount).Select(Runs)];
    }

    public int Level { get; }

    public double Scale { get; }

    public int GiantStep { get; }

    public int InputCount { get; }

    public CkksContext Context { get; }

    /// <summary>Bytes of encoded values.</summary>
    public long Bytes => (long)Rows.Rows * Context.Parameters.Degree * sizeof(double);

    internal ResidueBuffer Rows => _rows ?? throw new ObjectDisposedException(nameof(EncodedTransform));

    /// <summary>Terms as the rows have them: level + 2 rows each.</summary>
    internal IReadOnlyList<DiagonalTerm> Order { get; }

    /// <summary>Every rotated input that some term needs.</summary>
    internal IReadOnlyList<Baby> Babies { get; }

    /// <summary>Per giant step the stretches of terms whose rotated inputs follow each other.</summary>
    internal IReadOnlyList<IReadOnlyList<Run>> Giants { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows) Context.Pool.Return(rows, secret: true);
    }

    private List<Run> Runs(int giant)
    {
        var runs = new List<Run>();
        for (var term = 0; term < Order.Count; term++)
        {
            if (Order[term].Giant != giant) continue;
            var baby = Index(Order[term]);
            if (runs.Count > 0 && runs[^1] is var last && last.Term + last.Count == term && last.Baby + last.Count == baby) runs[^1] = last with { Count = last.Count + 1 };
            else runs.Add(new Run(term, baby, 1));
        }
        return runs;
    }

    private int Index(DiagonalTerm term)
    {
        for (var i = 0; i < Babies.Count; i++)
            if (Babies[i].Input == term.Input && Babies[i].Steps == term.Baby) return i;
        throw new InvalidOperationException("Every term's rotated input is among the babies.");
    }

    /// <param name="Input">Which input.</param>
    /// <param name="Steps">How far it is rotated.</param>
    internal readonly record struct Baby(int Input, int Steps);

    /// <param name="Term">The first term.</param>
    /// <param name="Baby">The first rotated input.</param>
    /// <param name="Count">How many of both.</param>
    internal readonly record struct Run(int Term, int Baby, int Count);
}
