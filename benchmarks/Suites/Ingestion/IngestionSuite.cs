using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>
/// Whole ingestions against Azurite on this machine: two passes, statistics, Arrow, encryption, upload, manifest, commit.
/// The peer is the read alone: Sylvan.Data.Csv through every field of the same file on disk, once, nothing parsed or kept.
/// </summary>
public sealed class IngestionSuite : ISuite
{
    private const int Rounds = 3;
    private const long MiB = 1 << 20;
    private const long CompareBytes = 192 * MiB;
    private const long LargeBytes = 2048 * MiB;
    private const double MemoryGoal = 512;

    public string Name => "ingestion";

    public string Description => "MB/s for CSV, Parquet and IDX, peak memory of a 2 GB CSV, encryption's share";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        await using var rig = await IngestionRig.StartAsync(context, cancellationToken);
        await CompareCsvAsync(context, rig, cancellationToken);
        await SingleAsync(context, rig, "parquet, 12 columns of doubles", await GeneratedFiles.ParquetAsync(context.WorkFolder, 600_000, cancellationToken), cancellationToken);
        await SingleAsync(context, rig, "idx, 28 x 28 images", await GeneratedFiles.IdxAsync(context.WorkFolder, 60_000, cancellationToken), cancellationToken);
        await EncryptionAsync(context, rig, cancellationToken);
        await LargeCsvAsync(context, rig, cancellationToken);
    }

    private async Task CompareCsvAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var file = await GeneratedFiles.CsvAsync(context.WorkFolder, CompareBytes, cancellationToken);
        var bytes = new FileInfo(file[0]).Length;
        var (ours, theirs) = await Interleaved.RunAsync(Rounds,
            async () => bytes / 1e6 / (await rig.IngestAsync(file, cancellationToken)).TotalSeconds,
            async () => bytes / 1e6 / (await SylvanRead.RunAsync(file[0], cancellationToken)).TotalSeconds);
        context.Report(BenchmarkResult.Compare(Name, "csv, 12 columns: MB/s of file size", "Sylvan.Data.Csv, reading only", Interleaved.Median(ours), Interleaved.Median(theirs), "MB/s", Better.Higher));
        File.Delete(file[0]);
    }

    private async Task SingleAsync(SuiteContext context, IngestionRig rig, string what, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var bytes = files.Sum(file => new FileInfo(file).Length);
        await rig.IngestAsync(files, cancellationToken);
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++) rates.Add(bytes / 1e6 / (await rig.IngestAsync(files, cancellationToken)).TotalSeconds);
        context.Report(BenchmarkResult.Single(Name, what + ": MB/s of file size", Interleaved.Median(rates), "MB/s", Better.Higher));
    }

    /// <summary>The same shards written through client-side encryption and without, in turns.</summary>
    private async Task EncryptionAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var (encrypted, plain) = await Interleaved.RunAsync(Rounds, () => rig.WriteShardsAsync(isEncrypted: true, cancellationToken), () => rig.WriteShardsAsync(isEncrypted: false, cancellationToken));
        context.Report(BenchmarkResult.Compare(Name, "writing shards: encrypted and hashed, against plain upload", "BlobClient without encryption", Interleaved.Median(encrypted), Interleaved.Median(plain), "MB/s", Better.Higher));
        context.Report(BenchmarkResult.Single(Name, "encryption's share of writing shards", 100 * (1 - Interleaved.Median(encrypted) / Interleaved.Median(plain)), "%"));
    }

    private async Task LargeCsvAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var file = await GeneratedFiles.CsvAsync(context.WorkFolder, LargeBytes, cancellationToken);
        await rig.DropAsync(file, cancellationToken);
        File.Delete(file[0]);
        PeakMemory.Reset();
        var time = await rig.IngestDroppedAsync(cancellationToken);
        context.Report(BenchmarkResult.Single(Name, "csv of 2 GiB: peak resident memory", ProcessUsage.PeakMemory(Environment.ProcessId) / (double)MiB, "MiB", Better.Lower, MemoryGoal));
        context.Report(BenchmarkResult.Single(Name, "csv of 2 GiB: MB/s of file size", LargeBytes / 1e6 / time.TotalSeconds, "MB/s", Better.Higher));
    }
}
