using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Batches;

/// <summary>A linear layer of a batch: outputs that read the same elements are summed together.</summary>
/// <param name="Level">Of inputs and outputs.</param>
/// <param name="WeightScale">Weights are rounded to integers over this.</param>
/// <param name="OutputCount">Outputs.</param>
/// <param name="Groups">Every output is in one.</param>
public sealed record BatchLayer(int Level, double WeightScale, int OutputCount, IReadOnlyList<BatchGroup> Groups)
{
    internal static BatchLayer Create(LinearLayer layer, TensorShape input, int level, double weightScale)
    {
        var outputs = layer.OutputShape(input).Count;
        var groups = Enumerable.Range(0, outputs)
            .Select(output => (Output: output, Weights: layer.WeightsOf(input, output).ToArray()))
            .GroupBy(row => row.Weights.Select(weight => weight.Element).ToArray(), SameElements.Instance)
            .Select(rows => new BatchGroup(
                rows.Key,
                [.. rows.Select(row => row.Output)],
                [.. rows.Select(row => NotZero([.. row.Weights.Select(weight => weight.Weight)], weightScale))],
                [.. rows.Select(row => layer.BiasOf(input, row.Output))]));
        return new BatchLayer(level, weightScale, outputs, [.. groups]);
    }

    // A sum of nothing would be a transparent ciphertext; one unit of the last place is an error below the rounding of the others.
    private static double[] NotZero(double[] row, double scale)
    {
        if (Array.TrueForAll(row, weight => Math.Round(weight * scale) == 0)) row[0] = 1 / scale;
        return row;
    }

    private sealed class SameElements : IEqualityComparer<int[]>
    {
        public static readonly SameElements Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj) => HashCode.Combine(obj.Length, obj.Length > 0 ? obj[0] : -1);
    }
}
