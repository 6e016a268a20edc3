namespace AIaaS.Homomorphic.Ring;

/// <summary>Some rows of a buffer: <c>Buffer[First + j * Step]</c> for j below <see cref="Count"/>.</summary>
internal readonly record struct RowSet(ResidueBuffer Buffer, int First, int Step, int Count)
{
    public Span<double> this[int index] => Buffer[First + index * Step];

    public RowSet Slice(int start, int count) => new(Buffer, First + start * Step, Step, count);
}
