using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Cards;
using AIaaS.Training.Checkpoints;
using AIaaS.Training.Data;
using AIaaS.Training.Encrypted;
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
        var asked = JobNetwork.Of(Spec, dataset.Schema.Label!, raw);
        var encoder = new RowEncoder(asked.Layout, asked.Head, device);
        using var train = encoder.Encode(raw.Train);
        using var validation = encoder.Encode(raw.Validation);
        using var trainer = new Trainer(asked.Plan, asked.Head, train, validation, Spec.Training, time);
        if (await checkpoints.LoadAsync(cancellationToken) is { } state) trainer.Restore(state);
        while (!trainer.IsFinished)
        {
            RunEpoch(trainer, trainer.History, epochsBefore: 0, cancellationToken);
            await checkpoints.SaveAsync(trainer.Capture(), cancellationToken);
        }

        var evaluator = trainer.Finish(cancellationToken);
        // A dataset's own split may have no test rows; the validation rows are the most honest ones left then.
        var held = raw.Test.Count > 0 ? raw.Test : raw.Validation;
        if (held.Count == 0)
            throw new PipelineException(ProblemCodes.TrainingFailed, "The dataset has no rows to test on. Give the job a test_size, or the dataset more rows.");
        var card = new CardDataset(dataset.Name, dataset.Version, dataset.Digest, raw.Train.Count, raw.Validation.Count, raw.Test.Count);
        var epoch = trainer.BestEpoch > 0 ? trainer.BestEpoch : trainer.History.Count;
        if (Spec.Privacy is not null)
        {
            var folded = NormalisationFold.Fold(asked.Layout, asked.Plan, trainer.FinalWeights(), trainer.Statistics);
            using var evaluation = new FoldedEvaluation(folded, asked.Head, device);
            var answers = Predict(evaluation.Encoder, evaluation.Evaluator, held, cancellationToken);
            var reference = Spec.Privacy.Reference == PrivacySpec.Relu ? Reference(asked, encoder, train, validation, trainer.History, held, cancellationToken) : null;
            var network = new TrainedNetwork(folded.Layout, folded.Plan, folded.Weights, asked.Head, Metadata(asked.Head));
            var encrypted = new EncryptedExport(asked.Head, time).Export(
                folded, evaluation, raw.Train, held, ClassComparison.Of(answers, reference, held.Labels), device, cancellationToken);
            return new TrainedModel(
                network, Export(network, evaluation.Encoder, evaluation.Evaluator, held.Head(TrainingLimits.Default.VerifiedRows), device, cancellationToken), card,
                trainer.History, epoch, TestMetrics.Of(asked.Head, answers, [.. held.Labels]), device.type.ToString().ToLowerInvariant(), encrypted);
        }

        var trained = new TrainedNetwork(asked.Layout, asked.Plan, trainer.FinalWeights(), asked.Head, Metadata(asked.Head));
        return new TrainedModel(
            trained, Export(trained, encoder, evaluator, held.Head(TrainingLimits.Default.VerifiedRows), device, cancellationToken), card,
            trainer.History, epoch, TestMetrics.Of(asked.Head, Predict(encoder, evaluator, held, cancellationToken), [.. held.Labels]), device.type.ToString().ToLowerInvariant());
    }

    /// <summary>Trains the network with ReLU alike. It has no checkpoints: it only informs, and starts again in the next worker.</summary>
    private IReadOnlyList<float[]> Reference(
        JobNetwork asked, RowEncoder encoder, TrainingSet train, TrainingSet validation, IReadOnlyList<EpochMetrics> history, RawRows held, CancellationToken cancellationToken)
    {
        using var trainer = new Trainer(asked.Reference(Spec), asked.Head, train, validation, Spec.Training, time);
        while (!trainer.IsFinished) RunEpoch(trainer, history, Spec.Training.NumTrainEpochs, cancellationToken);
        return Predict(encoder, trainer.Finish(cancellationToken), held, cancellationToken);
    }

    private void RunEpoch(Trainer trainer, IReadOnlyList<EpochMetrics> history, int epochsBefore, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var before = history.ToArray();
        var epochs = Spec.Training.NumTrainEpochs * (Spec.Privacy?.Reference == PrivacySpec.Relu ? 2 : 1);
        TorchSetup.UseThreads(Spec);
        StepProgress? last = null;
        trainer.RunEpoch(step =>
        {
            last = step with { Epoch = step.Epoch + epochsBefore };
            var share = (double)step.Step / step.Steps;
            var epochSeconds = time.GetElapsedTime(started).TotalSeconds / share;
            reporter.Show(last, epochs, before, epochSeconds * (epochs - last.Epoch + 1 - share));
        }, cancellationToken);
        reporter.Show(last!, epochs, [.. history], trainer.History[^1].Seconds * (epochs - last!.Epoch));
    }

    private static IReadOnlyList<float[]> Predict(RowEncoder encoder, Evaluator evaluator, RawRows rows, CancellationToken cancellationToken)
    {
        using var set = encoder.Encode(rows);
        return evaluator.Predict(set.Features, cancellationToken);
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
