using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Training.Data;
using static TorchSharp.torch;

namespace AIaaS.Training.Encrypted;

/// <summary>From a folded network to what is published beside it: the planned network, tried, and its readiness report.</summary>
internal sealed class EncryptedExport(ModelHead head, TimeProvider time)
{
    /// <summary>Rows that are really encrypted, at most.</summary>
    private const int TrialRows = 128;

    /// <summary>Of a probability, between torch in 32 bits and the planned network in 64.</summary>
    private const double Tolerance = 1e-3;

    /// <param name="folded">The network.</param>
    /// <param name="evaluation">The same in TorchSharp.</param>
    /// <param name="train">What ranges are measured over.</param>
    /// <param name="rows">Test rows to try.</param>
    /// <param name="accuracy">Of the model in the clear.</param>
    /// <param name="device">Of the evaluation.</param>
    /// <param name="cancellationToken">Stops between two blocks or rows.</param>
    /// <exception cref="PipelineException">TrainingFailed: no safe plan exists for the ranges that training found, or the planned network answers differently.</exception>
    public EncryptedModel Export(
        FoldedNetwork folded, FoldedEvaluation evaluation, RawRows train, RawRows rows, ReadinessAccuracy accuracy, Device device, CancellationToken cancellationToken)
    {
        var description = RangeMeter.Measure(
            PlannableNetwork.Of(folded.Plan, folded.Weights), evaluation.Network, evaluation.Encoder, train, device, cancellationToken);
        var file = Plan(description);
        var chunk = rows.Head(TrialRows);
        using var features = evaluation.Encoder.Features(chunk);
        var inputs = features.data<float>().ToArray().Chunk(description.Input.Count).Select(row => Array.ConvertAll(row, value => (double)value)).ToArray();
        Compare(file.Network, inputs, evaluation, features, device, cancellationToken);
        return new EncryptedModel(file.ToBytes(), Report(file, new EncryptedTrial(file, time).Run(inputs, cancellationToken), accuracy));
    }

    private static NetworkFile Plan(NetworkDescription network)
    {
        try
        {
            return NetworkFile.Create(network, EncryptedJob.Options);
        }
        catch (HomomorphicException exception)
        {
            throw new PipelineException(ProblemCodes.TrainingFailed,
                $"The trained network cannot be computed on encrypted input with 128-bit security. Take fewer or narrower layers, or more epochs. {exception.Message}", innerException: exception);
        }
    }

    private void Compare(NetworkDescription network, double[][] inputs, FoldedEvaluation evaluation, Tensor features, Device device, CancellationToken cancellationToken)
    {
        using var moved = features.to(device);
        var predictions = evaluation.Evaluator.Predict(moved, cancellationToken);
        for (var row = 0; row < inputs.Length; row++)
        {
            var probabilities = Softmax(network.Forward(inputs[row])[^1]);
            for (var i = 0; i < head.Outputs; i++)
                if (!(Math.Abs(probabilities[i] - predictions[row][i]) <= Tolerance))
                    throw new PipelineException(ProblemCodes.TrainingFailed, $"The network for encrypted input differs from the trained one by {Math.Abs(probabilities[i] - predictions[row][i]):G3} in a probability; {Tolerance} is allowed. Train with a smaller learning_rate.");
        }
    }

    private static double[] Softmax(double[] logits)
    {
        var most = logits.Max();
        var powers = Array.ConvertAll(logits, logit => Math.Exp(logit - most));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    private static EncryptedReadiness Report(NetworkFile file, ReadinessTrial trial, ReadinessAccuracy accuracy)
    {
        var plan = file.Plan;
        return new EncryptedReadiness(
            plan.Steps.OfType<SquareStep>().Count(),
            plan.Parameters.DataPrimeCount,
            plan.Parameters.Degree,
            [.. plan.Parameters.Primes.Select(prime => 64 - System.Numerics.BitOperations.LeadingZeroCount(prime))],
            plan.Parameters.Security.ToString(),
            plan.RotationKeys.Count,
            plan.PredictedMilliseconds,
            plan.PredictedError,
            Math.Log2((plan.Ranges[^1].Measured ?? plan.Ranges[^1].Planned) / plan.PredictedError),
            plan.HidingBits,
            [.. plan.Ranges.Select(range => new ReadinessRange(range.Measured ?? range.WorstCase, range.WorstCase, range.Planned))],
            trial,
            accuracy);
    }
}
