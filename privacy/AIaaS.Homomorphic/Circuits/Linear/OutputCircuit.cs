using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>The last linear layer: as nobody computes on its outputs, each may stand in one slot only, which often is cheaper.</summary>
internal static class OutputCircuit
{
    public static IReadOnlyList<FoldedTransform> Cheapest(
        WeightMatrix matrix, IReadOnlyList<SlotMap> inputs, LevelCosts costs, int? babySteps, Func<int, int, bool>? structure)
    {
        var slots = inputs[0].SlotCount;
        if (matrix.Rows > slots) return DenseCircuit.Interleaved(matrix, inputs, costs, babySteps, structure);
        var layouts = new List<RowLayout> { RowLayout.InterleavedFor(0, matrix.Rows) };
        for (var run = 2; slots / run >= matrix.Rows; run *= 2) layouts.Add(new RowLayout(false, run, 0, matrix.Rows));

        var (best, lowest) = (layouts[0], double.PositiveInfinity);
        foreach (var layout in layouts)
        {
            // An instance costs a product at least, so more than this many cannot win.
            var limit = double.IsInfinity(lowest) ? slots : (int)Math.Min(slots, lowest / (costs.MultiplyPlain * inputs.Count));
            var instances = new InstanceCover(inputs, layout, matrix.Columns, structure).Count(limit);
            if (instances > limit) continue;
            var cost = BabySteps.Cost(instances, inputs.Count, babySteps ?? BabySteps.Cheapest(instances, inputs.Count, costs), costs)
                + instances * inputs.Count * costs.MultiplyPlain + layout.Folds(slots).Count * costs.KeySwitch;
            if (cost < lowest) (best, lowest) = (layout, cost);
        }
        return [DenseCircuit.Create(matrix, inputs, best, costs, babySteps, structure)];
    }
}
