using System.IO.Compression;
using AIaaS.Benchmarks.Suites.Training;
using AIaaS.Cli.Demo;
using AIaaS.Pipeline.Datasets;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>A dataset to train on, and the images of it that training does not see.</summary>
/// <param name="Dataset">Its name.</param>
/// <param name="HeldOut">28 x 28 bytes each, with labels.</param>
/// <param name="Drop">Where its files lie, made when asked for.</param>
internal sealed record TestImages(string Dataset, DigitSet HeldOut, Func<string, CancellationToken, Task<IReadOnlyList<FileInfo>>> Drop)
{
    private const int ImageHeader = 16;
    private const int LabelHeader = 8;
    private const int HeldOutDigits = 1000;
    private const int ValidationDigits = 1000;
    private const int Seed = 42;

    /// <summary>Fashion-MNIST's 10,000 test images.</summary>
    public static async Task<TestImages> FashionAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(FashionMnist.Folder)) await TorchPeer.InstallAsync(cancellationToken);
        var set = new DigitSet(
            await UnzipAsync("t10k-images-idx3-ubyte.gz", ImageHeader, cancellationToken), await UnzipAsync("t10k-labels-idx1-ubyte.gz", LabelHeader, cancellationToken));
        return new TestImages(FashionMnist.Dataset, set, (_, _) => Task.FromResult<IReadOnlyList<FileInfo>>([.. Directory.GetFiles(FashionMnist.Folder, "*.gz").Select(path => new FileInfo(path))]));
    }

    /// <summary>npm's 10,000 handwritten digits, split as the demo splits them: 1,000 are held out.</summary>
    public static async Task<TestImages> DigitsAsync(string projectRoot, CancellationToken cancellationToken)
    {
        var (known, heldOut) = (await DigitSet.LoadAsync(projectRoot, cancellationToken)).Split(HeldOutDigits, Seed);
        var (train, validation) = known.Split(ValidationDigits, Seed);
        return new TestImages("digits", heldOut, (folder, token) => DigitFiles.WriteAsync(Path.Combine(folder, "digits"), train, validation, heldOut, token));
    }

    /// <summary>Values of the network's input range.</summary>
    public double[] Input(int image) => Array.ConvertAll(HeldOut.Image(image).ToArray(), pixel => pixel / (double)byte.MaxValue);

    public async Task IngestAsync(TrainingJobs jobs, string folder, CancellationToken cancellationToken)
    {
        var drop = jobs.Get<DatasetDrop>();
        foreach (var path in await Drop(folder, cancellationToken))
        {
            await using var file = path.OpenRead();
            await drop.PutAsync(Dataset, path.Name, file, file.Length, cancellationToken);
        }
        var record = await jobs.Get<DatasetIngestion>().RunAsync(Dataset, cancellationToken);
        if (record.Status != DatasetStatus.Ready) throw new InvalidOperationException($"The dataset {Dataset} is {record.Status}: {record.Error?.Message}");
    }

    private static async Task<byte[]> UnzipAsync(string file, int header, CancellationToken cancellationToken)
    {
        await using var stream = new GZipStream(File.OpenRead(Path.Combine(FashionMnist.Folder, file)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray()[header..];
    }
}
