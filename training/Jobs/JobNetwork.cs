using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Data;

namespace AIaaS.Training.Jobs;

/// <summary>The network that a job asks for on a dataset.</summary>
internal sealed record JobNetwork(InputLayout Layout, ModelHead Head, NetworkPlan Plan)
{
    /// <exception cref="PipelineException">TrainingFailed: the family does not fit the dataset.</exception>
    public static JobNetwork Of(TrainingJob job, ColumnSchema label, RawDataset raw)
    {
        try
        {
            var layout = LayoutFitter.Fit(raw.Features, raw.Train);
            var head = LayoutFitter.Head(label, raw.Train);
            if (job.Privacy is null)
                return new JobNetwork(layout, head, ModelFamily.Plan(job.Family.Name, layout.RowShape, head.Outputs, job.Family.Hidden, job.Family.Channels, job.Family.Dropout));
            if (layout.Image is not { } image) throw new PipelineException(ProblemCodes.TrainingFailed, "Encrypted inference is for images, and the dataset has none.");
            // Padding is zero before scaling where inputs are encrypted, so nothing is shifted. Normalization takes any shift out again.
            if (job.Family.Name == ModelFamily.Cnn) layout = new InputLayout([image with { Mean = new float[image.Channels] }]);
            return new JobNetwork(layout, head, Encrypted(job, layout, head, new SquareSpec()));
        }
        catch (ArgumentException exception)
        {
            throw new PipelineException(ProblemCodes.TrainingFailed, exception.Message, innerException: exception);
        }
    }

    /// <summary>The same network with ReLU instead of squares.</summary>
    public NetworkPlan Reference(TrainingJob job) => Encrypted(job, Layout, Head, new ReluSpec());

    private static NetworkPlan Encrypted(TrainingJob job, InputLayout layout, ModelHead head, LayerSpec activation) =>
        EncryptedFamily.Plan(job.Family.Name, layout.RowShape, head.Outputs, job.Family.Hidden, job.Family.Channels, activation);
}
