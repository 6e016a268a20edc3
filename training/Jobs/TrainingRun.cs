using AIaaS.Models.Families;
using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Cards;
using AIaaS.Training.Checkpoints;
using AIaaS.Training.Data;
using AIaaS.Training.Evaluation;
using AIaaS.Training.Export;
using AIaaS.Training.Learning;
using static TorchSharp.torch;

namespace AIaaS.Training.Jobs;

/// <summary>One attempt at a job: from a dataset to a verified model in memory.</summary>
internal sealed class TrainingRun(JobRecord job, OpenDataset dataset, CheckpointStore checkpoints, ProgressReporter reporter, TimeProvider time)
{
    private TrainingJob Spec => job.Spec;

    /// <exception cref="PipelineException">TrainingFailed, DatasetTooLarge, and what the dataset and the vault throw.</exception>
    /// <exception cref="OperationCanceledException">Stopped between two batches.</exception>
    public async Task<TrainedModel> RunAsync(CancellationToken cancellationToken)
    {
        var device = TorchSetup.Prepare(Spec);
        var raw = await new DatasetLoader(dataset.Schema, Spec, TrainingLimits.Default).LoadAsync(dataset.ReadAsync(cancellationToken), cancellationToken);
        var (layout, head, plan) = Plan(raw);
        var encoder = new RowEncoder(layout, head, device);
        using var train = encoder.Encode(raw.Train);
        using var validation = encoder.Encode(raw.Validation);
        using var trainer = new Trainer(plan, head, train, validation, Spec.Training, time);
        if (await checkpoints.LoadAsync(cancellationToken) is { } state) trainer.Restore(state);
        while (!trainer.IsFinished)
        {
            RunEpoch(trainer, cancellationToken);
            await checkpoints.SaveAsync(trainer.Capture(), cancellationToken);
        }

        var evaluator = trainer.Finish();
        // A dataset's own split may have no test rows; the validation rows are the most honest ones left then.
        var held = raw.Test.Count > 0 ? raw.Test : raw.Validation;
        if (held.Count == 0)
            throw new PipelineException(ProblemCodes.TrainingFailed, "The dataset has no rows to test on. Give the job a test_size, or the dataset more rows.");
        var test = Test(encoder, evaluator, head, held, cancellationToken);
        var network = new TrainedNetwork(layout, plan, trainer.FinalWeights(), head, Metadata(head));
        var exported = Export(network, encoder, evaluator, held.Head(TrainingLimits.Default.VerifiedRows), device, cancellationToken);
        return new TrainedModel(
            network, exported,
            new CardDataset(dataset.Name, dataset.Version, dataset.Digest, raw.Train.Count, raw.Validation.Count, raw.Test.Count),
            trainer.History, trainer.BestEpoch > 0 ? trainer.BestEpoch : trainer.History.Count, test, device.type.ToString().ToLowerInvariant());
    }

    private (InputLayout Layout, ModelHead Head, NetworkPlan Plan) Plan(RawDataset raw)
    {
        try
        {
            var layout = LayoutFitter.Fit(raw.Features, raw.Train);
            var head = LayoutFitter.Head(dataset.Schema.Label!, raw.Train);
            return (layout, head, ModelFamily.Plan(
                Spec.Family.Name, layout.RowShape, head.Outputs, Spec.Family.Hidden, Spec.Family.Channels, Spec.Family.Dropout));
        }
        catch (ArgumentException exception)
        {
            throw new PipelineException(ProblemCodes.TrainingFailed, exception.Message, innerException: exception);
        }
    }

    private void RunEpoch(Trainer trainer, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var history = trainer.History.ToArray();
        var epochs = Spec.Training.NumTrainEpochs;
        TorchSetup.UseThreads(Spec);
        StepProgress? last = null;
        trainer.RunEpoch(step =>
        {
            last = step;
            var share = (double)step.Step / step.Steps;
            var epochSeconds = time.GetElapsedTime(started).TotalSeconds / share;
            reporter.Show(step, epochs, history, epochSeconds * (epochs - step.Epoch + 1 - share));
        }, cancellationToken);
        reporter.Show(last!, epochs, [.. trainer.History], trainer.History[^1].Seconds * (epochs - last!.Epoch));
    }

    private static TestMetrics Test(RowEncoder encoder, Evaluator evaluator, ModelHead head, RawRows rows, CancellationToken cancellationToken)
    {
        using var set = encoder.Encode(rows);
        return TestMetrics.Of(head, evaluator.Predict(set.Features, cancellationToken), [.. rows.Labels]);
    }

    private ExportedModel Export(
        TrainedNetwork network, RowEncoder encoder, Evaluator evaluator, RawChunk rows, Device device, CancellationToken cancellationToken)
    {
        using var encoded = encoder.Features(rows);
        using var features = encoded.to(device);
        return new ModelExporter(time).Export(network, rows, evaluator.Predict(features, cancellationToken));
    }

    /// <summary>Nothing that differs between two trainings of the same job on the same data.</summary>
    private Dictionary<string, string> Metadata(ModelHead head) => new(StringComparer.Ordinal)
    {
        ["aiaas.dataset"] = dataset.Name,
        ["aiaas.dataset_digest"] = dataset.Digest,
        ["aiaas.family"] = Spec.Family.Name,
        ["aiaas.task"] = Spec.Task == TrainingTask.Classification ? "classification" : "regression",
        ["aiaas.classes"] = head is ClassificationHead classes ? classes.Classes.Count.ToString() : "0",
    };
}
