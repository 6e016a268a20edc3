using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Training.Networks;

namespace AIaaS.Training.Encrypted;

/// <summary>A network without its normalizations, for pixels divided by 255.</summary>
internal sealed record FoldedNetwork(InputLayout Layout, NetworkPlan Plan, IReadOnlyDictionary<string, float[]> Weights);

/// <summary>Multiplies the scaling of pixels and the batch normalizations into the weights before them: exact but for the rounding to 32 bits.</summary>
internal static class NormalisationFold
{
    /// <param name="layout">Of one image; with convolutions its means are zero, because their padding is zero before scaling.</param>
    /// <param name="plan">Of <see cref="EncryptedFamily"/>.</param>
    /// <param name="weights">Trained.</param>
    /// <param name="statistics">Measured with these weights.</param>
    public static FoldedNetwork Fold(InputLayout layout, NetworkPlan plan, IReadOnlyDictionary<string, float[]> weights, BatchStatistics statistics)
    {
        var image = layout.Image!;
        var layers = new List<LayerSpec>();
        var folded = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Layers.Count; i++)
        {
            if (plan.Layers[i] is BatchNormSpec) continue;
            if (plan.Layers[i] is DenseSpec or ConvSpec)
            {
                var matrix = Array.ConvertAll(weights[$"{i}.weight"], value => (double)value);
                var bias = Array.ConvertAll(weights[$"{i}.bias"], value => (double)value);
                if (folded.Count == 0) FoldPixels(plan.Layers[i], image, matrix, bias);
                if (i + 1 < plan.Layers.Count && plan.Layers[i + 1] is BatchNormSpec) FoldNormalisation(weights[$"{i + 1}.weight"], weights[$"{i + 1}.bias"], statistics[i + 1], matrix, bias);
                folded[$"{layers.Count}.weight"] = Array.ConvertAll(matrix, value => (float)value);
                folded[$"{layers.Count}.bias"] = Array.ConvertAll(bias, value => (float)value);
            }
            layers.Add(plan.Layers[i]);
        }
        var raw = image with { Mean = new float[image.Channels], Deviation = [.. Enumerable.Repeat(1f, image.Channels)] };
        return new FoldedNetwork(new InputLayout([raw]), new NetworkPlan(plan.Family, plan.InputShape, plan.Outputs, layers), folded);
    }

    private static void FoldPixels(LayerSpec layer, ImageInput image, double[] matrix, double[] bias)
    {
        var inputs = matrix.Length / bias.Length;
        var perChannel = inputs / image.Channels;
        if (layer is ConvSpec && image.Mean.Any(mean => mean != 0)) throw new InvalidOperationException("Means cannot be folded into a padded convolution.");
        for (var i = 0; i < matrix.Length; i++)
        {
            var channel = i % inputs / perChannel;
            matrix[i] /= image.Deviation[channel];
            bias[i / inputs] -= matrix[i] * image.Mean[channel];
        }
    }

    private static void FoldNormalisation(float[] factor, float[] offset, (double[] Mean, double[] Variance) statistics, double[] matrix, double[] bias)
    {
        var inputs = matrix.Length / bias.Length;
        for (var output = 0; output < bias.Length; output++)
        {
            var scale = factor[output] / Math.Sqrt(statistics.Variance[output] + BatchNormSpec.Epsilon);
            foreach (ref var weight in matrix.AsSpan(output * inputs, inputs)) weight *= scale;
            bias[output] = (bias[output] - statistics.Mean[output]) * scale + offset[output];
        }
    }
}
