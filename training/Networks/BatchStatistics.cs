using AIaaS.Models.Families;
using static TorchSharp.torch;

namespace AIaaS.Training.Networks;

/// <summary>Means and variances of the values that go into each batch normalization.</summary>
/// <remarks>
/// Not running averages, which lag behind the weights and are those of augmented rows where rows are augmented: a square doubles any error
/// in a variance. They are measured over the rows as they are, one normalization after the other, each with those before it fixed. So they
/// follow from weights and data alone, and no checkpoint holds them.
/// </remarks>
internal sealed class BatchStatistics(NetworkPlan plan)
{
    private const int BlockRows = 1024;

    private readonly Dictionary<int, (double[] Mean, double[] Variance)> _values = [];

    /// <summary>By the index of the normalization in the plan; variances as of a population.</summary>
    public (double[] Mean, double[] Variance) this[int layer] => _values[layer];

    /// <param name="network">Whose statistics these are.</param>
    /// <param name="features">Rows, preprocessed.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public void Measure(Network network, Tensor features, CancellationToken cancellationToken)
    {
        for (var layer = 0; layer < plan.Layers.Count; layer++)
            if (plan.Layers[layer] is BatchNormSpec norm) _values[layer] = Measure(network, features, layer, norm.Channels, cancellationToken);
    }

    public Tensor Normalise(int layer, Tensor value, Tensor weight, Tensor bias, bool training)
    {
        if (training)
        {
            using var noMean = zeros(weight.shape, float32, value.device);
            using var noVariance = ones(weight.shape, float32, value.device);
            return nn.functional.batch_norm(value, noMean, noVariance, weight, bias, training: true, momentum: 0, eps: BatchNormSpec.Epsilon);
        }
        var (mean, variance) = _values[layer];
        using var known = tensor(Array.ConvertAll(mean, number => (float)number), device: value.device);
        using var spread = tensor(Array.ConvertAll(variance, number => (float)number), device: value.device);
        return nn.functional.batch_norm(value, known, spread, weight, bias, training: false, momentum: 0, eps: BatchNormSpec.Epsilon);
    }

    private static (double[] Mean, double[] Variance) Measure(Network network, Tensor features, int layer, int channels, CancellationToken cancellationToken)
    {
        double[] sums = new double[channels], squares = new double[channels];
        long count = 0;
        for (long first = 0; first < features.shape[0]; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var none = no_grad();
            using var scope = NewDisposeScope();
            var value = network.Before(features.narrow(0, first, Math.Min(BlockRows, features.shape[0] - first)), layer).to(float64);
            long[] others = value.shape.Length == 4 ? [0, 2, 3] : [0];
            Add(sums, value.sum(others));
            Add(squares, value.square().sum(others));
            count += value.numel() / channels;
        }
        var means = Array.ConvertAll(sums, sum => sum / count);
        return (means, [.. squares.Select((square, channel) => Math.Max(0, square / count - means[channel] * means[channel]))]);
    }

    private static void Add(double[] sums, Tensor block)
    {
        var values = block.cpu().data<double>().ToArray();
        for (var i = 0; i < sums.Length; i++) sums[i] += values[i];
    }
}
