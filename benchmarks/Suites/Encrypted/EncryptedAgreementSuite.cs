using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Encrypted against clear results of the same network, image by image, through the service: 1,000 held-out digits, Fashion-MNIST's 10,000 test images, images at the ends of the range.</summary>
internal sealed class EncryptedAgreementSuite : ISuite
{
    private const int DigitEpochs = 20;
    private const double AgreementPercent = 99.5;
    private const double Points = 0.1;
    private const double MarginInErrors = 4;

    public string Name => "encrypted-agreement";

    public string Description => "Encrypted against clear classes and scores, 1,000 digits and 10,000 Fashion-MNIST images.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        await using var stack = await EncryptedStack.StartAsync(context, cancellationToken);
        TestImages[] sets = [await TestImages.DigitsAsync(context.ProjectRoot, cancellationToken), await TestImages.FashionAsync(cancellationToken)];
        foreach (var images in sets)
            foreach (var shape in EncryptedShape.All)
            {
                var name = $"{images.Dataset} {shape.Name}";
                if (!context.Wants(name)) continue;
                var model = $"{images.Dataset}-{shape.Name}";
                var file = await stack.TrainAsync(model, images, shape, images.Dataset == "digits" ? DigitEpochs : shape.Epochs, cancellationToken);
                await stack.StartServiceAsync(threads: null, cancellationToken);
                using var client = stack.CreateClient();
                using var encrypted = await client.OpenEncryptedAsync(model, stack.KeyFile(model), cancellationToken: cancellationToken);
                Report(context, name, await Agreement.MeasureAsync(encrypted, file.Network, images, cancellationToken), file.Plan.PredictedError);
                ReportEnds(context, name, await Agreement.MeasureAsync(encrypted, file.Network, EndsOfRange.Of(images), cancellationToken));
            }
    }

    private void Report(SuiteContext context, string name, Agreement agreement, double predicted)
    {
        var (clear, encrypted) = (100 * agreement.ClearAccuracy, 100 * agreement.EncryptedAccuracy);
        context.Report(BenchmarkResult.Single(Name, $"{name}: same class encrypted and clear, {agreement.Images} images", 100 * agreement.SameClass, "%", Better.Higher, AgreementPercent));
        context.Report(BenchmarkResult.Single(Name, $"{name}: accuracy in the clear", clear, "%"));
        context.Report(BenchmarkResult.Single(Name, $"{name}: accuracy encrypted", encrypted, "%"));
        context.Report(BenchmarkResult.Single(Name, $"{name}: difference of the two", Math.Abs(clear - encrypted), "points", Better.Lower, Points));
        context.Report(BenchmarkResult.Single(Name, $"{name}: RMS error of a score", agreement.Rms, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: predicted", predicted, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}: largest error of a score", agreement.Largest, ""));
        context.Report(BenchmarkResult.Single(
            Name, $"{name}: widest margin where the class differs ({agreement.Misses.Count} images), in RMS errors", agreement.WidestMiss / agreement.Rms, "", Better.Lower, MarginInErrors));
    }

    private void ReportEnds(SuiteContext context, string name, Agreement agreement)
    {
        context.Report(BenchmarkResult.Single(Name, $"{name}, ends of the range: same class, {agreement.Images} images", 100 * agreement.SameClass, "%"));
        context.Report(BenchmarkResult.Single(Name, $"{name}, ends of the range: RMS error of a score", agreement.Rms, ""));
        context.Report(BenchmarkResult.Single(Name, $"{name}, ends of the range: largest error of a score", agreement.Largest, ""));
        context.Report(BenchmarkResult.Single(
            Name, $"{name}, ends of the range: widest margin where the class differs ({agreement.Misses.Count} images), in RMS errors", agreement.WidestMiss / agreement.Rms, "", Better.Lower, MarginInErrors));
    }
}
