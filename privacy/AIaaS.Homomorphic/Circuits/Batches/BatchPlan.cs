using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Batches;

/// <summary>A network on many inputs at once: ciphertext j of a request holds element j of one input per slot. No rotations, no layouts.</summary>
/// <remarks>The layout of CryptoNets (Dowlin et al., 2016): best throughput, worst latency. Weights are scalars, never encoded.</remarks>
public sealed record BatchPlan
{
    public required CkksParameters Parameters { get; init; }

    public required double InputScale { get; init; }

    /// <summary>Ciphertexts of a request, one per element of the network's input.</summary>
    public required int InputCount { get; init; }

    public required IReadOnlyList<BatchLayer> Layers { get; init; }

    /// <summary>Of the reply's ciphertexts, one per output.</summary>
    public required double OutputScale { get; init; }

    /// <summary>Highest level that something is relinearized at; null where the plan needs no keys at all and replies have three polynomials.</summary>
    public required int? RelinearizationLevel { get; init; }

    public required IReadOnlyList<LayerRange> Ranges { get; init; }

    public required double PredictedError { get; init; }

    /// <summary>For all slots together; one thread.</summary>
    public required double PredictedMilliseconds { get; init; }

    public int InputLevel => Parameters.MaxLevel;

    /// <summary>Inputs per request at most.</summary>
    public int BatchSize => Parameters.SlotCount;

    public int OutputCount => Layers[^1].OutputCount;

    /// <returns>Ciphertext-times-scalar multiplications.</returns>
    public long MultiplyAdds => Layers.Sum(layer => layer.Groups.Sum(group => (long)group.Elements.Length * group.Outputs.Length));

    /// <param name="inputs">At most one per slot.</param>
    /// <returns>Per element the slots of its ciphertext.</returns>
    /// <exception cref="HomomorphicException">There are too many inputs, none, or one of another size.</exception>
    public double[][] Pack(IReadOnlyList<double[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0 || inputs.Count > BatchSize) throw new HomomorphicException($"A batch has 1 to {BatchSize} inputs; {inputs.Count} were given.");
        foreach (var input in inputs)
            if (input.Length != InputCount || !input.All(double.IsFinite)) throw new HomomorphicException($"An input has {InputCount} finite values; one has {input.Length}.");
        return [.. Enumerable.Range(0, InputCount).Select(element => inputs.Select(input => input[element]).ToArray())];
    }

    /// <param name="reply">Per output its decrypted slots.</param>
    /// <param name="count">How many inputs were packed.</param>
    /// <returns>Per input its outputs.</returns>
    public double[][] Unpack(IReadOnlyList<double[]> reply, int count)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Count != OutputCount) throw new HomomorphicException($"A reply has {OutputCount} ciphertexts; {reply.Count} were given.");
        return [.. Enumerable.Range(0, count).Select(slot => reply.Select(slots => slots[slot]).ToArray())];
    }

    /// <param name="network">Quadratic activations are folded here.</param>
    /// <param name="options">Null takes the defaults; layouts, babies and hiding do not apply.</param>
    /// <exception cref="PlanRefusedException">No safe plan exists.</exception>
    public static BatchPlan Create(NetworkDescription network, PlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options = (options ?? new PlannerOptions()) with { MinHidingBits = double.NegativeInfinity };
        var folded = network.Folded();
        var linear = options.LinearLayers(folded);
        var ranges = LayerRange.Of(folded, options.RangeMargin);
        return options.FirstDegree(degree => Create(folded, ranges, degree, linear, options));
    }

    private static BatchPlan Create(NetworkDescription network, IReadOnlyList<LayerRange> ranges, int degree, int linear, PlannerOptions options)
    {
        var scales = new ScaleSearch(LayerProfiles.Scalar(network, ranges, degree, relinearized: linear > 2), options).Run(PrimeChoices.For(degree, linear, options));
        var parameters = options.ParametersFor(scales.Modulus);
        var walk = network.Walk();
        var layers = new List<BatchLayer>();
        var scale = Math.ScaleB(1, scales.InputBits);
        for (var i = 0; i < linear; i++)
        {
            var level = linear - 1 - i;
            var weights = Math.ScaleB(1, scales.WeightBits[i]);
            layers.Add(BatchLayer.Create((LinearLayer)walk[2 * i].Layer, walk[2 * i].Input, level, weights));
            scale *= weights;
            if (level > 0) scale = scale * scale / parameters.Primes[level];
        }
        var plan = new BatchPlan
        {
            Parameters = parameters,
            InputScale = Math.ScaleB(1, scales.InputBits),
            InputCount = network.Input.Count,
            Layers = layers,
            OutputScale = scale,
            RelinearizationLevel = linear > 2 ? linear - 1 : null,
            Ranges = ranges,
            PredictedError = scales.Error,
            PredictedMilliseconds = 0,
        };
        return plan with { PredictedMilliseconds = plan.Milliseconds(options.CostsOf(degree)) };
    }

    private double Milliseconds(UnitCosts costs) => Layers.Sum(layer =>
    {
        var unit = costs[layer.Level];
        var products = layer.Groups.Sum(group => (double)group.Elements.Length * group.Outputs.Length);
        var square = layer.Level == 0 ? 0 : unit.Square + unit.Rescale + (RelinearizationLevel is null ? 0 : unit.KeySwitch);
        return products * unit.MultiplyPlain + layer.OutputCount * square;
    });
}
