using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Datasets.Formats;
using AIaaS.Pipeline.Datasets.Report;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Datasets.Shards;
using AIaaS.Pipeline.Datasets.Sidecar;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Ingestion;

/// <summary>Takes one drop, as it was listed, into the vault under its version. Writes nothing that counts before the caller commits the row.</summary>
internal sealed class DropIngestion(string dataset, DropListing drop, VaultStore vault, DatasetLimits limits)
{
    public const string SchemaBlob = "schema.json";
    public const string ReportBlob = "report.json";
    public const string RejectsBlob = "rejects.jsonl";

    private readonly string _version = drop.Version();

    /// <param name="ManifestBlob">Of the signed manifest.</param>
    /// <param name="Digest">Of the data.</param>
    /// <param name="Rows">Accepted.</param>
    public sealed record Result(string ManifestBlob, string Digest, long Rows);

    /// <exception cref="PipelineException">What is wrong with the drop; DatasetIncomplete when files are missing; what the vault and storage throw.</exception>
    /// <exception cref="DropReplacedException">A file changed meanwhile.</exception>
    public async Task<Result> RunAsync(CancellationToken cancellationToken)
    {
        drop.Check(limits);
        var sidecar = await SidecarAsync(cancellationToken);
        var files = Files(sidecar);
        var source = await DatasetFormats.OpenAsync(files, sidecar, limits, cancellationToken);
        var plan = await FirstPass.RunAsync(source, sidecar, limits, cancellationToken);

        var scope = VaultScope.Dataset(dataset);
        var writer = await vault.OpenWriterAsync(scope, cancellationToken);
        var folder = $"{scope.Prefix}v/{_version}/";
        var pass = new SecondPass(source, plan, sidecar, limits);
        var shards = await ShardsAsync(pass, new ShardWriter(writer, folder, pass.Columns, limits), cancellationToken);
        var report = await ReportAsync(source, plan, sidecar, pass, files, cancellationToken);

        var blobs = new List<ManifestBlob>
        {
            await writer.WriteAsync(folder + SchemaBlob, JsonSerializer.SerializeToUtf8Bytes(plan.Schema, DatasetJson.Default.DatasetSchema), cancellationToken),
            await writer.WriteAsync(folder + ReportBlob, JsonSerializer.SerializeToUtf8Bytes(report, DatasetJson.Default.DatasetReport), cancellationToken),
        };
        if (pass.Rejects.Rows > 0) blobs.Add(await writer.WriteAsync(folder + RejectsBlob, pass.Rejects.ToJsonLines(), cancellationToken));
        blobs.AddRange(shards);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["digest"] = JsonSerializer.Serialize(report.Digest, DatasetJson.Default.String),
            ["rows"] = JsonSerializer.Serialize(report.Rows, DatasetJson.Default.Int64),
        };
        return new Result(await writer.CommitAsync("v/" + _version, blobs, properties, cancellationToken), report.Digest, report.Rows);
    }

    private async Task<DatasetSidecar> SidecarAsync(CancellationToken cancellationToken)
    {
        if (drop.Sidecar is not { } file) return DatasetSidecar.Empty;
        if (file.Length > limits.MaxSidecarBytes)
            throw new PipelineException(ProblemCodes.DatasetTooLarge, $"{DatasetSidecar.FileName} has {file.Length} bytes; the limit is {limits.MaxSidecarBytes}.");
        await using var stream = file.OpenRead();
        return SidecarParser.Parse(await StreamHead.ReadAsync(stream, (int)file.Length, cancellationToken), limits);
    }

    private List<DropFile> Files(DatasetSidecar sidecar)
    {
        var files = drop.Data.ToList();
        var named = sidecar.Files.Concat(sidecar.Split.Files.Keys).Distinct(StringComparer.Ordinal).ToList();
        var missing = named.Where(name => !files.Exists(file => file.Name == name)).ToList();
        if (missing.Count > 0)
            throw new PipelineException(ProblemCodes.DatasetIncomplete, $"{DatasetSidecar.FileName} names files that have not been dropped yet: {string.Join(", ", missing.Take(10))}.");
        if (files.Count == 0) throw new PipelineException(ProblemCodes.DatasetIncomplete, $"{DatasetSidecar.FileName} is there; the data has not been dropped yet.");
        if (sidecar.Files.Count > 0 && files.Find(file => !named.Contains(file.Name)) is { } extra)
            throw new PipelineException(ProblemCodes.DatasetSidecarInvalid, $"{extra.Name} was dropped but is not among the files that {DatasetSidecar.FileName} names.");
        return files;
    }

    private static async Task<IReadOnlyList<ManifestBlob>> ShardsAsync(SecondPass pass, ShardWriter shards, CancellationToken cancellationToken)
    {
        try
        {
            await pass.RunAsync(shards, cancellationToken);
            return await shards.FinishAsync(cancellationToken);
        }
        finally
        {
            await shards.AbandonAsync();
        }
    }

    private async Task<DatasetReport> ReportAsync(
        DatasetSource source, Columns.DatasetPlan plan, DatasetSidecar sidecar, SecondPass pass, List<DropFile> files, CancellationToken cancellationToken)
    {
        var reported = new List<ReportFile>();
        foreach (var file in files) reported.Add(new ReportFile(file.Name, file.Length, await file.DigestAsync(cancellationToken)));
        var columns = pass.Columns.Select(column => column.Report()).ToList();
        var classes = pass.Tally.Classes().ToList();
        var split = new SplitReport(pass.SplitHow, pass.Tally.Splits[0], pass.Tally.Splits[1], pass.Tally.Splits[2]);
        var label = plan.Label is { } chosen
            ? new LabelReport(chosen.Schema.Name, plan.LabelWhy!, chosen.Schema.Type == ColumnType.Category ? "classification" : "regression", classes)
            : null;
        var warnings = plan.Warnings.Concat(ReportWarnings.Find(pass.Rows, pass.Duplicates, classes, split, columns, pass.Tally.Leaks()));
        return new DatasetReport(dataset, _version, Digest(reported), source.Format, reported, pass.Rows, pass.Rejects.Report(), pass.Duplicates,
            label, split, columns, [.. warnings], sidecar.Licence, sidecar.Description);
    }

    /// <summary>Of one file its SHA-256; of several the SHA-256 of theirs, one after the other in name order.</summary>
    private static string Digest(List<ReportFile> files) => files.Count == 1
        ? files[0].Sha256
        : Convert.ToHexStringLower(SHA256.HashData(files.SelectMany(file => Convert.FromHexString(file.Sha256)).ToArray()));
}
