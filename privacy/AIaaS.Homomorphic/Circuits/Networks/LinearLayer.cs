namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A layer with weights.</summary>
public abstract record LinearLayer : NetworkLayer
{
    /// <summary>Normalization of pixels and batches is folded into weights and bias before.</summary>
    public required IReadOnlyList<double> Bias { get; init; }

    /// <summary>What the outputs were over a data set; null where nobody measured.</summary>
    public MeasuredRange? Measured { get; init; }

    /// <summary>The weights of one output by input element.</summary>
    public abstract IEnumerable<(int Element, double Weight)> WeightsOf(TensorShape input, int output);

    /// <summary>The bias of one output.</summary>
    public abstract double BiasOf(TensorShape input, int output);

    /// <summary>The same layer with other weights and bias: factor times the weights, and the bias plus what a constant input gives.</summary>
    internal abstract LinearLayer Adjusted(double inputFactor, double inputConstant, double outputConstant);

    public override double[] Forward(TensorShape input, ReadOnlySpan<double> values)
    {
        var outputs = new double[OutputShape(input).Count];
        for (var output = 0; output < outputs.Length; output++)
        {
            var sum = BiasOf(input, output);
            foreach (var (element, weight) in WeightsOf(input, output)) sum += weight * values[element];
            outputs[output] = sum;
        }
        return outputs;
    }

    internal static void CheckFinite(IReadOnlyList<double> values, string what)
    {
        if (!values.All(double.IsFinite)) throw new HomomorphicException($"The {what} hold a number that is not finite.");
    }
}
