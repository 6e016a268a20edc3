namespace AIaaS.Homomorphic.Ring;

/// <summary>Some rows of a buffer: <c>Buffer[First + j * Step]</c> for j below <see cref="Count"/>.</summary>
internal readonly record struct RowSet(ResidueBuffer Buffer, int First, int Step, int Count)
{
    /// <summary>Where in each row this begins.</summary>
    public int Offset { get; init; }

    public Span<double> this[int index] => Buffer[First + index * Step][Offset..];

    public RowSet Slice(int start, int count) => this with { First = First + start * Step, Count = count };
}
