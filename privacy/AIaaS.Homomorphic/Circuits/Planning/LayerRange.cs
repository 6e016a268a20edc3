using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>How large a linear layer's outputs can be.</summary>
/// <param name="WorstCase">By interval arithmetic, whatever the input; pessimistic behind the first activation.</param>
/// <param name="Measured">Over a data set, if measured.</param>
/// <param name="Planned">What the modulus is checked against: the worst case for the first layer; behind it the measured range with a margin, where that is less.</param>
public sealed record LayerRange(double WorstCase, double? Measured, double Planned)
{
    /// <summary>An input beyond the planned ranges of deeper layers harms nobody but its sender: the reply is garbage.</summary>
    public static IReadOnlyList<LayerRange> Of(NetworkDescription network, double margin)
    {
        ArgumentNullException.ThrowIfNull(network);
        var ranges = new List<LayerRange>();
        var inputs = Enumerable.Repeat(network.InputRange, network.Input.Count).ToArray();
        foreach (var (layer, shape) in network.Walk())
        {
            if (layer is not LinearLayer linear)
            {
                inputs = Array.ConvertAll(inputs, range => range.Squared());
                continue;
            }
            inputs = [.. Enumerable.Range(0, linear.OutputShape(shape).Count).Select(output => Interval(linear, shape, output, inputs))];
            var worst = inputs.Max(range => range.MaxAbs);
            var measured = linear.Measured?.MaxAbs;
            ranges.Add(new LayerRange(worst, measured, ranges.Count == 0 || measured is null ? worst : Math.Min(worst, margin * measured.Value)));
        }
        return ranges;
    }

    private static ValueRange Interval(LinearLayer layer, TensorShape shape, int output, ValueRange[] inputs)
    {
        var bias = layer.BiasOf(shape, output);
        var (low, high) = (bias, bias);
        foreach (var (element, weight) in layer.WeightsOf(shape, output))
        {
            var (a, b) = (weight * inputs[element].Low, weight * inputs[element].High);
            low += Math.Min(a, b);
            high += Math.Max(a, b);
        }
        return new ValueRange(low, high);
    }
}
