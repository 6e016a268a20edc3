namespace AIaaS.Training.Data;

/// <summary>The values of one feature in one chunk, as the dataset holds them.</summary>
internal abstract record RawColumn
{
    public abstract RawColumn Head(int rows);
}

/// <summary>NaN is missing.</summary>
internal sealed record NumberValues(double[] Values) : RawColumn
{
    public override RawColumn Head(int rows) => new NumberValues(Values[..rows]);
}

/// <summary>Indices into the column's categories; -1 is missing.</summary>
internal sealed record CategoryValues(int[] Values) : RawColumn
{
    public override RawColumn Head(int rows) => new CategoryValues(Values[..rows]);
}

/// <param name="Values">Row-major.</param>
/// <param name="Length">Of one row.</param>
internal sealed record VectorValues(float[] Values, int Length) : RawColumn
{
    public override RawColumn Head(int rows) => new VectorValues(Values[..(rows * Length)], Length);
}

/// <param name="Values">H x W x C bytes a row.</param>
/// <param name="Length">Of one row.</param>
internal sealed record ImageValues(byte[] Values, int Length) : RawColumn
{
    public override RawColumn Head(int rows) => new ImageValues(Values[..(rows * Length)], Length);
}
