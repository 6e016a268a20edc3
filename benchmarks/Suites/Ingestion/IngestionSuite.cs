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

    public string Description => "MB/s for CSV, Parquet and IDX, peak memory of a 2 GB CSV, encryption's share.";

    public async Task RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        await using var rig = await IngestionRig.StartAsync(context, cancellationToken);
        // First, while nothing else has made the process grow.
        if (context.Wants("large-csv")) await LargeCsvAsync(context, rig, cancellationToken);
        if (context.Wants("csv")) await CompareCsvAsync(context, rig, cancellationToken);
        if (context.Wants("parquet"))
            await SingleAsync(context, rig, "parquet, 12 columns of doubles", await GeneratedFiles.ParquetAsync(context.WorkFolder, 600_000, cancellationToken), cancellationToken);
        if (context.Wants("idx"))
            await SingleAsync(context, rig, "idx, 28 x 28 images", await GeneratedFiles.IdxAsync(context.WorkFolder, 60_000, cancellationToken), cancellationToken);
        if (context.Wants("encryption")) await EncryptionAsync(context, rig, cancellationToken);
    }

    private async Task CompareCsvAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var file = await GeneratedFiles.CsvAsync(context.WorkFolder, CompareBytes, cancellationToken);
        var megabytes = new FileInfo(file[0]).Length / 1e6;
        var (ours, theirs) = await Interleaved.RunAsync(Rounds,
            () => rig.IngestAsync(file, cancellationToken), () => Cost.OfAsync(() => SylvanRead.RunAsync(file[0], cancellationToken)));
        Compare(context, "csv, 12 columns", "Sylvan.Data.Csv, one pass, reading only", megabytes, ours, theirs);
        File.Delete(file[0]);
    }

    private async Task SingleAsync(SuiteContext context, IngestionRig rig, string what, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var megabytes = files.Sum(file => new FileInfo(file).Length) / 1e6;
        await rig.IngestAsync(files, cancellationToken);
        var costs = new List<Cost>();
        for (var round = 0; round < Rounds; round++) costs.Add(await rig.IngestAsync(files, cancellationToken));
        context.Report(BenchmarkResult.Single(Name, what + ", wall", Interleaved.Median(costs.Select(cost => megabytes / cost.Wall)), "MB/s", Better.Higher));
        context.Report(BenchmarkResult.Single(Name, what + ", per CPU second", Interleaved.Median(costs.Select(cost => megabytes / cost.Cpu)), "MB/s", Better.Higher));
    }

    /// <summary>The same shards written through client-side encryption with their SHA-256, and plainly, in turns.</summary>
    private async Task EncryptionAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var (encrypted, plain) = await Interleaved.RunAsync(Rounds, () => rig.WriteShardsAsync(isEncrypted: true, cancellationToken), () => rig.WriteShardsAsync(isEncrypted: false, cancellationToken));
        Compare(context, "writing shards encrypted", "plain upload by BlobClient", IngestionRig.ShardMegabytes, encrypted, plain);
        var share = 1 - Interleaved.Median(plain.Select(cost => cost.Cpu)) / Interleaved.Median(encrypted.Select(cost => cost.Cpu));
        context.Report(BenchmarkResult.Single(Name, "encryption's and hashing's share of the CPU that writing takes", 100 * share, "%"));
    }

    private void Compare(SuiteContext context, string what, string peer, double megabytes, IReadOnlyList<Cost> ours, IReadOnlyList<Cost> theirs)
    {
        context.Report(BenchmarkResult.Compare(Name, what + ", wall", peer,
            Interleaved.Median(ours.Select(cost => megabytes / cost.Wall)), Interleaved.Median(theirs.Select(cost => megabytes / cost.Wall)), "MB/s", Better.Higher));
        context.Report(BenchmarkResult.Compare(Name, what + ", per CPU second", peer,
            Interleaved.Median(ours.Select(cost => megabytes / cost.Cpu)), Interleaved.Median(theirs.Select(cost => megabytes / cost.Cpu)), "MB/s", Better.Higher));
    }

    private async Task LargeCsvAsync(SuiteContext context, IngestionRig rig, CancellationToken cancellationToken)
    {
        var file = await GeneratedFiles.CsvAsync(context.WorkFolder, LargeBytes, cancellationToken);
        await rig.DropAsync(file, cancellationToken);
        File.Delete(file[0]);
        PeakMemory.Reset();
        var cost = await rig.IngestDroppedAsync(cancellationToken);
        context.Report(BenchmarkResult.Single(Name, "csv of 2 GiB: peak resident memory", ProcessUsage.PeakMemory(Environment.ProcessId) / (double)MiB, "MiB", Better.Lower, MemoryGoal));
        context.Report(BenchmarkResult.Single(Name, "csv of 2 GiB, wall", LargeBytes / 1e6 / cost.Wall, "MB/s", Better.Higher));
        context.Report(BenchmarkResult.Single(Name, "csv of 2 GiB, per CPU second", LargeBytes / 1e6 / cost.Cpu, "MB/s", Better.Higher));
    }
}
