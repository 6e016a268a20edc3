using AIaaS.Models.Preprocessing;
using AIaaS.Training.Learning;
using AIaaS.Training.Networks;
using static TorchSharp.torch;

namespace AIaaS.Training.Evaluation;

/// <summary>Runs a network without learning, in blocks that bound memory.</summary>
internal sealed class Evaluator(Network network, ModelHead head)
{
    private const int BlockRows = 1024;

    /// <returns>Mean loss, and accuracy (0 to 1) or R².</returns>
    public (double Loss, double Metric) Measure(TrainingSet set, CancellationToken cancellationToken)
    {
        double loss = 0, correct = 0;
        foreach (var (outputs, targets) in Blocks(set, cancellationToken))
        {
            if (head is ClassificationHead)
            {
                loss += nn.functional.cross_entropy(outputs, targets, reduction: nn.Reduction.Sum).item<float>();
                correct += outputs.argmax(1).eq(targets).sum().item<long>();
            }
            else
            {
                loss += nn.functional.mse_loss(outputs, targets, reduction: nn.Reduction.Sum).item<float>();
            }
        }
        if (head is ClassificationHead) return (loss / set.Rows, correct / set.Rows);
        using var variance = set.Targets.var(unbiased: false);
        var spread = variance.item<float>();
        return (loss / set.Rows, spread > 0 ? 1 - (loss / set.Rows / spread) : 0);
    }

    /// <returns>One array a row: probabilities in the order of the classes, or the value in its own units.</returns>
    public IReadOnlyList<float[]> Predict(Tensor features, CancellationToken cancellationToken)
    {
        var predictions = new List<float[]>();
        using var none = zeros(features.shape[0]);
        foreach (var (outputs, _) in Blocks(new TrainingSet(features, none), cancellationToken))
        {
            var values = head is RegressionHead regression
                ? outputs.to(float64).mul(regression.Deviation).add(regression.Mean).to(float32)
                : nn.functional.softmax(outputs, 1);
            predictions.AddRange(values.cpu().data<float>().ToArray().Chunk(head.Outputs));
        }
        return predictions;
    }

    private IEnumerable<(Tensor Outputs, Tensor Targets)> Blocks(TrainingSet set, CancellationToken cancellationToken)
    {
        for (var first = 0; first < set.Rows; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var rows = Math.Min(BlockRows, set.Rows - first);
            yield return (network.Forward(set.Features.narrow(0, first, rows), training: false), set.Targets.narrow(0, first, rows));
        }
    }
}
