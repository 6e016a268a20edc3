using System.Text;
using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Training;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;

namespace AIaaS.Benchmarks.Suites.EncryptedTraining;

/// <summary>What squares cost against ReLU: real jobs for encrypted inference on Fashion-MNIST, both networks trained by the same recipe, tested on the 10,000 test images.</summary>
/// <remarks>Accuracies of one seed are the same in every run on one instruction set; another seed moves them by some 0.2 points.</remarks>
internal sealed class EncryptedTrainingSuite : ISuite
{
    private const double MostPointsGivenUp = 0.5;

    public string Name => "encrypted-training";

    public string Description => "Accuracy given up for encrypted inference, against ReLU on Fashion-MNIST.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(FashionMnist.Folder)) await TorchPeer.InstallAsync(cancellationToken);
        await using var jobs = await TrainingJobs.StartAsync(context, cancellationToken);
        await FashionMnist.IngestAsync(jobs.Get<DatasetDrop>(), jobs.Get<DatasetIngestion>(), cancellationToken);
        await TrainAsync(context, jobs, "mlp-64", "name: mlp, hidden: [64]", epochs: 10, accuracy: 0.888, cancellationToken);
        await TrainAsync(context, jobs, "cnn-5-100", "name: cnn, channels: [5], hidden: [100]", epochs: 5, accuracy: null, cancellationToken);
        await TrainAsync(context, jobs, "cnn-16-100", "name: cnn, channels: [16], hidden: [100]", epochs: 5, accuracy: 0.904, cancellationToken);
    }

    private async Task TrainAsync(SuiteContext context, TrainingJobs jobs, string name, string family, int epochs, double? accuracy, CancellationToken cancellationToken)
    {
        if (!context.Wants(name)) return;
        var spec = JobFile.Parse(Encoding.UTF8.GetBytes(
            $"{{dataset: {FashionMnist.Dataset}, model: {name}, task: classification, family: {{{family}}}, privacy: {{inference: ckks}}, device: cpu, training: {{num_train_epochs: {epochs}}}}}"));
        var job = await jobs.TrainAsync(spec, cancellationToken);
        var readiness = job.Readiness ?? throw new InvalidOperationException($"Job {job.Id} has no readiness report.");
        var (polynomial, exact) = (readiness.Accuracy.Polynomial, readiness.Accuracy.Exact!.Value);
        context.Report(BenchmarkResult.Single(Name, $"{name}: test accuracy with squares after {epochs} epochs", polynomial, "", Better.Higher, accuracy));
        context.Report(BenchmarkResult.Single(Name, $"{name}: test accuracy with ReLU, same recipe", exact, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: points given up", 100 * (exact - polynomial), "points", Better.Lower, MostPointsGivenUp));
        context.Report(BenchmarkResult.Single(Name, $"{name}: same class with squares and with ReLU", readiness.Accuracy.Agreement!.Value, "", Better.Higher));
        context.Report(BenchmarkResult.Single(Name, $"{name}: same class encrypted and clear, {readiness.Trial.Rows} images", readiness.Trial.Agreement, "", Better.Higher));
        context.Report(BenchmarkResult.Single(Name, $"{name}: distance of the two highest outputs where the class differs, at most", readiness.Trial.WidestMiss, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: RMS error of an encrypted output", readiness.Trial.RmsError, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: predicted error", readiness.PredictedError, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: request", readiness.Trial.RequestBytes / 1024.0, "KiB"));
        context.Report(BenchmarkResult.Single(Name, $"{name}: reply", readiness.Trial.ReplyBytes / 1024.0, "KiB"));
        context.Report(BenchmarkResult.Single(Name, $"{name}: keys", readiness.Trial.KeyBytes / 1024.0 / 1024, "MiB"));
        context.Report(BenchmarkResult.Single(Name, $"{name}: seconds per epoch with squares", Interleaved.Median([.. job.Progress!.History.Select(epoch => epoch.Seconds)]), "s"));
    }
}
