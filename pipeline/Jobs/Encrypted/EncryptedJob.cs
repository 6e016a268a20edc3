using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Models.Families;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <summary>What a job with 'privacy: { inference: ckks }' may ask for, as far as its file and the dataset's schema tell; the ranges that training finds decide the rest.</summary>
public static class EncryptedJob
{
    /// <summary>
    /// What published networks are planned with. Larger degrees would take keys of hundreds of megabytes; they are for more squares than
    /// <see cref="EncryptedFamily.MaxSquares"/>.
    /// </summary>
    public static PlannerOptions Options { get; } = new() { Degrees = [8192, 16384] };

    internal static void Check(TrainingJob job, List<ProblemItem> faults)
    {
        if (job.Task == TrainingTask.Regression)
            faults.Add(new("/task", "Encrypted inference is for classification. Leave privacy out, or turn the label into classes."));
        if (job.Family.Dropout > 0)
            faults.Add(new("/family/dropout", "Networks for encrypted inference are trained with batch normalization instead of dropout. Leave dropout out."));
        if (job.Training.PerDeviceTrainBatchSize < 2)
            faults.Add(new("/training/per_device_train_batch_size", "Batch normalization needs at least 2 rows a batch."));
        var squares = EncryptedFamily.Squares(job.Family.Name, job.Family.Hidden, job.Family.Channels);
        if (squares > EncryptedFamily.MaxSquares)
            faults.Add(new(job.Family.Name == ModelFamily.Cnn ? "/family/channels" : "/family/hidden",
                $"The network is too deep to be computed on encrypted input with 128-bit security: {squares} layers with activations need {squares} squares, and {EncryptedFamily.MaxSquares} fit. Take fewer and wider layers, such as "
                + (job.Family.Name == ModelFamily.Cnn ? "'channels: [16]' with 'hidden: [100]'." : "'hidden: [128]'.")));
    }

    internal static void CheckFit(TrainingJob job, DatasetSchema schema, List<ProblemItem> faults)
    {
        if (schema.Features is not [{ Type: ColumnType.Image } image])
        {
            faults.Add(new("/privacy/inference", "Encrypted inference is for images, and the dataset's features are others. Leave privacy out."));
            return;
        }
        try
        {
            var plan = EncryptedFamily.Plan(
                job.Family.Name, [image.Shape[2], image.Shape[0], image.Shape[1]], Math.Max(2, schema.Label?.Categories.Count ?? 2), job.Family.Hidden, job.Family.Channels, new SquareSpec());
            // Sizes are all that is looked at, and weights of zero have them.
            if (plan.ParameterCount > NetworkLimits.Default.MaxMatrixEntries) throw new HomomorphicException(
                $"The network has {plan.ParameterCount:N0} weights; at most {NetworkLimits.Default.MaxMatrixEntries:N0} are computed on encrypted input. Take fewer hidden units or channels, or smaller images.");
            NetworkLimits.Default.Check(PlannableNetwork.Of(plan, plan.Parameters.ToDictionary(parameter => parameter.Name, parameter => new float[parameter.Count], StringComparer.Ordinal)));
        }
        catch (Exception exception) when (exception is ArgumentException or HomomorphicException)
        {
            faults.Add(new(job.Family.Name == ModelFamily.Cnn ? "/family/channels" : "/family/hidden", $"The network is too large to be computed on encrypted input with 128-bit security. {exception.Message}"));
        }
    }
}
