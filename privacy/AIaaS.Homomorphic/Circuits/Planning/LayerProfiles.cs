using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Profiles of a network's linear layers in a layout.</summary>
internal static class LayerProfiles
{
    // Where only a range is known: outputs of trained layers are nearly Gaussian, and their largest is some three deviations out.
    private const double RangeToRms = 3;

    public static IReadOnlyList<LayerProfile> Of(NetworkDescription network, NetworkLayout layout, IReadOnlyList<LayerRange> ranges) =>
        Walk(network, ranges, (i, layer, input) =>
        {
            var parts = layout.Layers[i];
            return new LayerProfile(
                0, 0, 0, RowSquares(layer, input), parts.Max(part => part.SummandsPerOutput), parts.Any(part => part.BabyRotations > 0), parts.Max(SumRotations));
        });

    /// <summary>Of scalar weights, one input per slot: no rotations, and a weight's rounding is that of one integer.</summary>
    public static IReadOnlyList<LayerProfile> Scalar(NetworkDescription network, IReadOnlyList<LayerRange> ranges, int degree, bool relinearized) =>
        Walk(network, ranges, (_, layer, input) =>
        {
            // ScaleState counts N/24 for a plaintext's rounding in the real part; an integer's is 1/12.
            var summands = layer.WeightsOf(input, 0).Count() * 2.0 / degree;
            return new LayerProfile(0, 0, 0, RowSquares(layer, input), summands, false, 0) { Relinearized = relinearized };
        });

    private static List<LayerProfile> Walk(NetworkDescription network, IReadOnlyList<LayerRange> ranges, Func<int, LinearLayer, TensorShape, LayerProfile> profile)
    {
        var profiles = new List<LayerProfile>();
        var inputRms = network.InputRms ?? network.InputRange.UniformRms;
        foreach (var (layer, shape) in network.Walk())
        {
            if (layer is not LinearLayer linear) continue;
            var range = ranges[profiles.Count].Planned;
            var outputRms = linear.Measured?.Rms ?? range / RangeToRms;
            profiles.Add(profile(profiles.Count, linear, shape) with { MaxAbs = range, InputRms = inputRms, OutputRms = outputRms });
            // The fourth moment of a Gaussian is three squared variances.
            inputRms = Math.Sqrt(3) * outputRms * outputRms;
        }
        return profiles;
    }

    private static double RowSquares(LinearLayer layer, TensorShape input)
    {
        var outputs = layer.OutputShape(input).Count;
        return Enumerable.Range(0, outputs).Sum(output => layer.WeightsOf(input, output).Sum(pair => pair.Weight * pair.Weight)) / outputs;
    }

    // An error that comes in before f folds is summed 2^f times; those of the folds themselves sum to 2^f - 1.
    private static double SumRotations(FoldedTransform part) => (part.GiantRotations + 1) * Math.Pow(2, part.Folds.Count) - 1;
}
