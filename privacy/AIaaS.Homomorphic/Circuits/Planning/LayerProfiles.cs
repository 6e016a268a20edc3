using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Profiles of a network's linear layers in a layout.</summary>
internal static class LayerProfiles
{
    // Where only a range is known: outputs of trained layers are nearly Gaussian, and their largest is some three deviations out.
    private const double RangeToRms = 3;

    public static IReadOnlyList<LayerProfile> Of(NetworkDescription network, NetworkLayout layout, IReadOnlyList<LayerRange> ranges)
    {
        var profiles = new List<LayerProfile>();
        var inputRms = network.InputRms ?? network.InputRange.UniformRms;
        var walk = network.Walk();
        for (var i = 0; i < layout.Layers.Count; i++)
        {
            var layer = (LinearLayer)walk[2 * i].Layer;
            var outputRms = layer.Measured?.Rms ?? ranges[i].Planned / RangeToRms;
            var parts = layout.Layers[i];
            profiles.Add(new LayerProfile(
                ranges[i].Planned, inputRms, outputRms, RowSquares(layer, walk[2 * i].Input),
                parts.Max(part => part.SummandsPerOutput), parts.Any(part => part.BabyRotations > 0), parts.Max(SumRotations)));
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
