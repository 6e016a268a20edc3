using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>From a network to a plan: slots, levels, scales and primes, keys, cost and precision.</summary>
public static class NetworkPlanner
{
    /// <param name="network">With folded normalization; quadratic activations are folded here.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <exception cref="PlanRefusedException">No safe plan exists; the message has the numbers.</exception>
    /// <exception cref="HomomorphicException">The network's layers do not fit together.</exception>
    public static NetworkPlan Plan(NetworkDescription network, PlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new PlannerOptions();
        var folded = network.Folded();
        var linear = options.LinearLayers(folded);
        var ranges = LayerRange.Of(folded, options.RangeMargin);
        return options.FirstDegree(degree => Plan(folded, ranges, degree, linear, options));
    }

    private static NetworkPlan Plan(NetworkDescription network, IReadOnlyList<LayerRange> ranges, int degree, int linear, PlannerOptions options)
    {
        var candidates = PrimeChoices.For(degree, linear, options);
        var costs = options.CostsOf(degree);
        var layout = NetworkLayout.Create(network, degree / 2, costs, options);
        var profiles = LayerProfiles.Of(network, layout, ranges);
        var scales = new ScaleSearch(profiles, options).Run(candidates, new WireBits(layout.Inputs.Count, layout.Layers[^1].Count));
        return Assemble(network, ranges, layout, scales, options.ParametersFor(scales.Modulus), costs);
    }

    private static NetworkPlan Assemble(
        NetworkDescription network, IReadOnlyList<LayerRange> ranges, NetworkLayout layout, ScalePlan scales, CkksParameters parameters, UnitCosts costs)
    {
        var steps = new List<PlanStep>();
        var level = layout.Layers.Count - 1;
        var scale = Math.ScaleB(1, scales.InputBits);
        var walk = network.Walk();
        for (var i = 0; i < layout.Layers.Count; i++, level--)
        {
            var (layer, shape) = walk[2 * i];
            var weights = Math.ScaleB(1, scales.WeightBits[i]);
            scale *= weights;
            var biases = layout.Layers[i].Select(part => Bias((LinearLayer)layer, shape, part.Result)).ToArray();
            steps.Add(new LinearStep(level, weights, scale, layout.Layers[i], biases));
            if (level == 0) break;
            steps.Add(new SquareStep(level));
            scale = scale * scale / parameters.Primes[level];
        }

        var outputs = layout.Layers[^1].Select(part => part.Result).ToArray();
        var outputCount = walk[^1].Layer.OutputShape(walk[^1].Input).Count;
        var amplitude = RandomFillBounds.Amplitude(parameters.Degree, parameters.ModulusBits(0), Math.Log2(scale), ranges[^1].Planned);
        return new NetworkPlan
        {
            Parameters = parameters,
            Inputs = layout.Inputs,
            Repetition = layout.Repetition,
            InputCount = network.Input.Count,
            InputScale = Math.ScaleB(1, scales.InputBits),
            Steps = steps,
            Outputs = [.. outputs.Select(map => Once(map, outputCount))],
            OutputCount = outputCount,
            OutputScale = scale,
            FillAmplitude = amplitude,
            HidingBits = RandomFillBounds.HidingBits(amplitude, ranges[^1].Planned),
            RotationKeys = PlanKeys.Rotations(steps),
            RelinearizationLevel = steps.OfType<SquareStep>().FirstOrDefault()?.Level,
            Ranges = ranges,
            PredictedError = scales.Error,
            PredictedMilliseconds = PlanCosts.Milliseconds(steps, layout.Inputs.Count, costs),
        };
    }

    private static double[] Bias(LinearLayer layer, TensorShape shape, SlotMap result) =>
        [.. result.Elements.Select(element => element == SlotMap.Empty ? 0 : layer.BiasOf(shape, element))];

    private static SlotMap Once(SlotMap map, int count)
    {
        var first = map.FirstSlots(count);
        return SlotMap.Create(map.SlotCount, slot => map[slot] is var element and not SlotMap.Empty && first[element] == slot ? element : SlotMap.Empty);
    }
}
