namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>A dense matrix of finite numbers, row by row.</summary>
public sealed class WeightMatrix
{
    private readonly double[] _values;

    /// <exception cref="HomomorphicException">The sizes do not match or a value is not finite.</exception>
    public WeightMatrix(int rows, int columns, ReadOnlySpan<double> values)
    {
        if (rows < 1 || columns < 1 || (long)rows * columns != values.Length)
            throw new HomomorphicException($"A matrix of {rows} rows and {columns} columns has {(long)rows * columns} values; {values.Length} were given.");
        foreach (var value in values)
            if (!double.IsFinite(value)) throw new HomomorphicException($"A matrix holds finite numbers, not {value}.");
        (Rows, Columns, _values) = (rows, columns, values.ToArray());
    }

    public int Rows { get; }

    public int Columns { get; }

    public double this[int row, int column] => _values[row * Columns + column];

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    public static WeightMatrix From(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var flat = new double[values.Length];
        Buffer.BlockCopy(values, 0, flat, 0, flat.Length * sizeof(double));
        return new WeightMatrix(values.GetLength(0), values.GetLength(1), flat);
    }

    public double[] Multiply(ReadOnlySpan<double> vector)
    {
        if (vector.Length != Columns) throw new HomomorphicException($"A matrix with {Columns} columns cannot multiply {vector.Length} values.");
        var product = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var weights = Row(row);
            for (var column = 0; column < Columns; column++) product[row] += weights[column] * vector[column];
        }
        return product;
    }
}
