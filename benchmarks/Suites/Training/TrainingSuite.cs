using AIaaS.Benchmarks.Harness;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Benchmarks.Suites.Training;

/// <summary>Seconds per epoch of real jobs on Fashion-MNIST against the same networks in PyTorch, and the accuracy on the 10,000 test images.</summary>
/// <remarks>Jobs and peer take turns. An epoch counts with its validation, on both sides; reading data and publishing do not.</remarks>
internal sealed class TrainingSuite : ISuite
{
    private const string Peer = "Debian python3-torch, OpenBLAS";

    public string Name => "training";

    public string Description => "Seconds per epoch on Fashion-MNIST against Debian's PyTorch; accuracy.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        context.Log("Installing python3-torch and dataset-fashion-mnist where missing …");
        await TorchPeer.InstallAsync(cancellationToken);
        await using var jobs = await TrainingJobs.StartAsync(context, cancellationToken);
        await FashionMnist.IngestAsync(jobs.Get<DatasetDrop>(), jobs.Get<DatasetIngestion>(), cancellationToken);
        if (context.Wants("mlp")) await MeasureAsync(context, jobs, new FamilySpec("mlp", [64, 64], [], 0), [10, 3, 3], accuracy: 0.87, cancellationToken);
        if (context.Wants("cnn")) await MeasureAsync(context, jobs, new FamilySpec("cnn", [128], [16, 32], 0), [3, 1, 1], accuracy: 0.89, cancellationToken);
    }

    /// <param name="context">For the figures.</param>
    /// <param name="jobs">The service.</param>
    /// <param name="family">What is trained.</param>
    /// <param name="rounds">Epochs of each turn; the first turn's model is the one whose accuracy counts.</param>
    /// <param name="accuracy">Goal.</param>
    /// <param name="cancellationToken">Stops the suite.</param>
    private async Task MeasureAsync(
        SuiteContext context, TrainingJobs jobs, FamilySpec family, IReadOnlyList<int> rounds, double accuracy, CancellationToken cancellationToken)
    {
        var split = (await jobs.Get<DatasetReader>().OpenAsync(FashionMnist.Dataset, version: null, cancellationToken)).Report.Split;
        var script = Path.Combine(AppContext.BaseDirectory, "Suites", "Training", "peer.py");
        List<double> ours = [], theirs = [];
        double? reached = null;
        foreach (var epochs in rounds)
        {
            var job = await jobs.TrainAsync(family, epochs, cancellationToken);
            ours.AddRange(job.Progress!.History.Select(epoch => epoch.Seconds));
            theirs.AddRange(await TorchPeer.TrainAsync(script, family.Name, epochs, split.Train, split.Validation, cancellationToken));
            reached ??= (await jobs.Get<ModelRegistry>().ResolveAsync(family.Name, $"{job.ModelVersion}", cancellationToken)).Metrics["accuracy"];
        }
        context.Report(BenchmarkResult.Compare(
            Name, $"{family.Name}: seconds per epoch", Peer, Interleaved.Median(ours), Interleaved.Median(theirs), "s", Better.Lower, goalRatio: 1));
        context.Report(BenchmarkResult.Single(Name, $"{family.Name}: test accuracy after {rounds[0]} epochs", reached!.Value, "", Better.Higher, accuracy));
    }
}
