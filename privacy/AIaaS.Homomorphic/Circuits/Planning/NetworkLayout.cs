using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>The slots of a network: how inputs are packed and the transforms of every linear layer.</summary>
/// <param name="Inputs">Per ciphertext of a request.</param>
/// <param name="Repetition">Slots from one repetition of the input, or of a convolution's grid, to the next.</param>
/// <param name="Layers">Per linear layer, one transform per ciphertext of its outputs.</param>
internal sealed record NetworkLayout(IReadOnlyList<SlotMap> Inputs, int Repetition, IReadOnlyList<IReadOnlyList<FoldedTransform>> Layers)
{
    /// <summary>Block sizes that are tried for a convolution; the good ones are little larger than the grid.</summary>
    private const int BlockChoices = 256;

    public static NetworkLayout Create(NetworkDescription network, int slots, UnitCosts costs, PlannerOptions options)
    {
        var babySteps = options.BabySteps;
        var linear = network.Walk().Where(step => step.Layer is LinearLayer).Select(step => (Layer: (LinearLayer)step.Layer, step.Input)).ToArray();
        var next = linear.Length > 1 ? linear[1] : default;
        var (inputs, repetition, first) = linear[0].Layer switch
        {
            ConvolutionLayer convolution => Convolution(new ConvolutionGeometry(network.Input, convolution), slots, next.Layer, options.Repetition),
            var dense => Dense(Matrix(dense, network.Input), slots, linear.Length == 1, costs[linear.Length - 1], options),
        };
        var layers = new List<IReadOnlyList<FoldedTransform>> { first };
        for (var i = 1; i < linear.Length; i++)
        {
            var (level, last) = (linear.Length - 1 - i, i == linear.Length - 1);
            var maps = layers[^1].Select(part => part.Result).ToArray();
            var matrix = Matrix(linear[i].Layer, linear[i].Input);
            var structure = Structure(linear[i].Layer, linear[i].Input);
            layers.Add(last
                ? OutputCircuit.Cheapest(matrix, maps, costs[level], babySteps, structure)
                : DenseCircuit.Interleaved(matrix, maps, costs[level], babySteps, structure));
        }
        return new NetworkLayout(inputs, repetition, layers);
    }

    private static (IReadOnlyList<SlotMap>, int, IReadOnlyList<FoldedTransform>) Dense(WeightMatrix matrix, int slots, bool last, LevelCosts costs, PlannerOptions options)
    {
        var (inputs, period) = MatrixVectorProduct.InputMaps(matrix, slots, options.Repetition);
        return (inputs, period, last ? OutputCircuit.Cheapest(matrix, inputs, costs, options.BabySteps, null) : DenseCircuit.Interleaved(matrix, inputs, costs, options.BabySteps));
    }

    private static (IReadOnlyList<SlotMap>, int, IReadOnlyList<FoldedTransform>) Convolution(ConvolutionGeometry geometry, int slots, LinearLayer? next, int? repetition)
    {
        var most = ConvolutionCircuit.MapsPerCiphertext(geometry, slots);
        var parts = (geometry.Layer.Maps + most - 1) / most;
        var maps = (geometry.Layer.Maps + parts - 1) / parts;
        if (repetition is { } asked && (asked < geometry.GridSize || asked > slots / maps))
            throw new HomomorphicException($"A grid of {geometry.GridSize} slots for each of {maps} maps repeats every {geometry.GridSize} to {slots / maps} slots, not every {asked}.");
        var block = repetition ?? (parts == 1 && next is DenseLayer dense
            ? RepetitionSearch.Best(
                Enumerable.Range(geometry.GridSize, Math.Min(BlockChoices, slots / maps - geometry.GridSize + 1)).Select(size => (size, geometry.Outputs(slots, size, 0, maps))).Where(Complete),
                RowLayout.InterleavedFor(0, Math.Min(slots, dense.Weights.Rows)),
                dense.Weights.Columns)
            : geometry.GridSize);
        var transforms = Enumerable.Range(0, parts).Select(part =>
            ConvolutionCircuit.Create(geometry, slots, block, part * maps, Math.Min(maps, geometry.Layer.Maps - part * maps)));
        return (geometry.Inputs(slots, block), block, [.. transforms]);

        bool Complete((int, SlotMap Map) candidate) => candidate.Map.FirstSlots(geometry.Output.Count).All(slot => slot != SlotMap.Empty);
    }

    private static WeightMatrix Matrix(LinearLayer layer, TensorShape input)
    {
        if (layer is DenseLayer dense) return dense.Weights;
        var rows = layer.OutputShape(input).Count;
        var values = new double[rows * input.Count];
        for (var row = 0; row < rows; row++)
            foreach (var (element, weight) in layer.WeightsOf(input, row)) values[row * input.Count + element] = weight;
        return new WeightMatrix(rows, input.Count, values);
    }

    // Only a convolution's zeros are structure; zeros among a dense layer's weights are the model's secret.
    private static Func<int, int, bool>? Structure(LinearLayer layer, TensorShape input)
    {
        if (layer is DenseLayer) return null;
        var rows = layer.OutputShape(input).Count;
        var exists = new HashSet<(int, int)>(Enumerable.Range(0, rows).SelectMany(row => layer.WeightsOf(input, row).Select(pair => (row, pair.Element))));
        return (row, column) => exists.Contains((row, column));
    }
}
