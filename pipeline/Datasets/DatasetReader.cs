using System.Text.Json;
using System.Text.RegularExpressions;
using AIaaS.Pipeline.Datasets.Ingestion;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets;

/// <summary>Opens ingested datasets for reading: the manifest is verified, the key unwrapped at most once.</summary>
public sealed partial class DatasetReader(DatasetStore datasets, VaultStore vault)
{
    /// <param name="name">The dataset.</param>
    /// <param name="version">16 hex digits as in <see cref="DatasetRecord.Version"/>, also of an older version; null takes the current one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException">DatasetNotFound, DatasetNotReady, KeyDisabled, KeyNotFound, KeyUnavailable, IntegrityFailed.</exception>
    public async Task<OpenDataset> OpenAsync(string name, string? version, CancellationToken cancellationToken)
    {
        var record = await datasets.GetAsync(name, cancellationToken);
        var scope = VaultScope.Dataset(name);
        var reader = version is null || version == record.Version
            ? await vault.OpenReaderAsync(scope, record.ManifestBlob ?? throw NotReady(record), cancellationToken)
            : await OlderAsync(scope, version, cancellationToken);
        var schema = await reader.ReadAsync(reader.Find(DropIngestion.SchemaBlob), cancellationToken);
        var report = await reader.ReadAsync(reader.Find(DropIngestion.ReportBlob), cancellationToken);
        return new OpenDataset(reader,
            JsonSerializer.Deserialize(schema, DatasetJson.Default.DatasetSchema)!,
            JsonSerializer.Deserialize(report, DatasetJson.Default.DatasetReport)!);
    }

    private async Task<VaultReader> OlderAsync(VaultScope scope, string version, CancellationToken cancellationToken)
    {
        var reader = Version().IsMatch(version)
            ? await vault.TryOpenReaderAsync(scope, VaultPath.OfManifest(scope, "v/" + version), cancellationToken)
            : null;
        return reader ?? throw new PipelineException(ProblemCodes.DatasetNotFound, $"The dataset '{scope.Name}' has no such version.");
    }

    private static PipelineException NotReady(DatasetRecord record) => new(ProblemCodes.DatasetNotReady,
        $"The dataset '{record.Name}' is {record.Status.ToString().ToLowerInvariant()}, and no version of it can be read yet." + (record.Error is { } error ? " " + error.Message : ""));

    [GeneratedRegex(@"^[0-9a-f]{16}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
