using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>A matrix times a vector that stands in slots in any way: instances of rotated inputs times weights, summed and folded.</summary>
/// <remarks>
/// Halevi and Shoup's diagonals with baby and giant steps ("Faster homomorphic linear transformations in HElib", 2018), for matrices of
/// any shape: the instances follow from where the columns stand, see <see cref="InstanceCover"/>.
/// </remarks>
public static class DenseCircuit
{
    /// <param name="matrix">Weights.</param>
    /// <param name="inputs">Where the vector's elements stand.</param>
    /// <param name="layout">Where the outputs shall stand.</param>
    /// <param name="costs">What the split in baby and giant steps is chosen by.</param>
    /// <param name="babySteps">Fixes that split.</param>
    /// <param name="structure">Which weights exist; null means all.</param>
    public static FoldedTransform Create(
        WeightMatrix matrix, IReadOnlyList<SlotMap> inputs, RowLayout layout, LevelCosts costs, int? babySteps = null, Func<int, int, bool>? structure = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(layout);
        var slots = inputs[0].SlotCount;
        layout.Check(slots);
        if (babySteps is < 1) throw new HomomorphicException($"There is at least one baby step; {babySteps} were asked for.");

        var instances = new InstanceCover(inputs, layout, matrix.Columns, structure).Columns();
        var babies = Math.Min(babySteps ?? BabySteps.Cheapest(instances.Count, inputs.Count, costs), instances.Count);
        var terms =
            from t in Enumerable.Range(0, instances.Count)
            from input in Enumerable.Range(0, inputs.Count)
            where Array.Exists(instances[t][input], column => column != SlotMap.Empty)
            select new DiagonalTerm(input, t % babies, t / babies, Values(matrix, layout, instances[t][input]));
        var folds = layout.Folds(slots);
        var transform = Complete(new LinearTransform(babies, [.. terms]), inputs.Count, slots);
        return new FoldedTransform(transform, folds, layout.Result(slots), instances.Count, transform.Terms.Count << folds.Count);
    }

    /// <summary>Interleaved outputs, as many ciphertexts as they need.</summary>
    public static IReadOnlyList<FoldedTransform> Interleaved(
        WeightMatrix matrix, IReadOnlyList<SlotMap> inputs, LevelCosts costs, int? babySteps = null, Func<int, int, bool>? structure = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. RowLayouts(matrix.Rows, inputs[0].SlotCount).Select(layout => Create(matrix, inputs, layout, costs, babySteps, structure))];
    }

    internal static IEnumerable<RowLayout> RowLayouts(int rows, int slots) =>
        Enumerable.Range(0, (rows + slots - 1) / slots).Select(part => RowLayout.InterleavedFor(part * slots, Math.Min(slots, rows - part * slots)));

    private static double[] Values(WeightMatrix matrix, RowLayout layout, int[] columns)
    {
        var values = new double[columns.Length];
        for (var slot = 0; slot < values.Length; slot++)
            if (columns[slot] != SlotMap.Empty) values[slot] = matrix[layout.RowOf(slot), columns[slot]];
        return values;
    }

    // An input that no weight of this part reads still belongs to the transform.
    private static LinearTransform Complete(LinearTransform transform, int inputs, int slots) =>
        transform.InputCount == inputs
            ? transform
            : transform with { Terms = [.. transform.Terms, new DiagonalTerm(inputs - 1, 0, 0, new double[slots])] };
}
