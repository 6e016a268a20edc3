using AIaaS.Pipeline.Datasets;

namespace AIaaS.Benchmarks.Suites.Training;

/// <summary>Debian's package dataset-fashion-mnist: 60,000 + 10,000 images as IDX.gz.</summary>
internal static class FashionMnist
{
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    public const string Dataset = "fashion";

    /// <summary>Drops the files as they are and ingests them.</summary>
    public static async Task IngestAsync(DatasetDrop drop, DatasetIngestion ingestion, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.GetFiles(Folder, "*.gz"))
        {
            await using var file = File.OpenRead(path);
            await drop.PutAsync(Dataset, Path.GetFileName(path), file, file.Length, cancellationToken);
        }
        var record = await ingestion.RunAsync(Dataset, cancellationToken);
        if (record.Status != DatasetStatus.Ready) throw new InvalidOperationException($"The dataset is {record.Status}: {record.Error?.Message}");
    }
}
