using AIaaS.Pipeline.Datasets;
using AIaaS.Training.Data;

namespace AIaaS.Training.Tests.Data;

/// <summary>A table with every usable column type, missing values, and labels that follow from the features.</summary>
internal static class Tables
{
    public static IReadOnlyList<ColumnSchema> Features { get; } =
    [
        new("colour", ColumnType.Category, ["blue", "red"], []),
        new("income", ColumnType.Number, [], []),
        new("position", ColumnType.Vector, [], [3]),
        new("age", ColumnType.Number, [], []),
    ];

    public static ColumnSchema Class { get; } = new("outcome", ColumnType.Category, ["no", "yes"], []);

    public static ColumnSchema Value { get; } = new("price", ColumnType.Number, [], []);

    /// <param name="count">Rows.</param>
    /// <param name="seed">Of the values.</param>
    /// <param name="regression">Labels are prices around 200,000 instead of the classes 0 and 1.</param>
    public static RawRows Rows(int count, int seed, bool regression)
    {
        var random = new Random(seed);
        var colour = new int[count];
        double[] income = new double[count], age = new double[count], labels = new double[count];
        var position = new float[count * 3];
        for (var i = 0; i < count; i++)
        {
            colour[i] = random.Next(-1, 2);
            income[i] = random.Next(10) == 0 ? double.NaN : 40_000 + (15_000 * (random.NextDouble() - 0.5));
            age[i] = 20 + (50 * random.NextDouble());
            for (var j = 0; j < 3; j++) position[(i * 3) + j] = (float)random.NextDouble() * (j + 1);
            var score = ((age[i] - 45) / 15) + colour[i] + position[i * 3];
            labels[i] = regression ? 200_000 + (score * 50_000) : score > 0.5 ? 1 : 0;
        }
        var rows = new RawRows();
        rows.Add(new RawChunk(count, [new CategoryValues(colour), new NumberValues(income), new VectorValues(position, 3), new NumberValues(age)], labels));
        return rows;
    }
}
