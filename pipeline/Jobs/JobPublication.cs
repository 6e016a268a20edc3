using System.Text.Json;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The last two steps of a job: from a committed manifest to a registered version and Succeeded. Safe to repeat at any point.</summary>
public sealed class JobPublication(VaultStore vault, ModelRegistry registry)
{
    public const string ModelFile = "model.onnx";
    public const string CardFile = "card.json";

    /// <summary>Only of models that answer encrypted input: AIaaS.Homomorphic's NetworkFile, encrypted under the model's key like the others.</summary>
    public const string NetworkFile = "network.he";

    /// <summary>Name of the manifest's property that holds the headline numbers: {"accuracy":0.97}.</summary>
    public const string MetricsProperty = "metrics";

    /// <param name="lease">Of a job that is Publishing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">JobLeaseLost; IntegrityFailed and key faults when the committed model cannot be read.</exception>
    public async Task<ModelVersion> FinishAsync(JobLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var job = lease.Job;
        if (job is not { Status: JobStatus.Publishing, ManifestBlob: { } manifest })
            throw new PipelineException(ProblemCodes.Conflict, $"The job '{job.Id}' is {job.Status} and has nothing to publish.");
        var reader = await vault.OpenReaderAsync(VaultScope.Model(job.Spec.Model), manifest, cancellationToken);
        var model = reader.Find(ModelFile);
        var version = await registry.PublishAsync(job.Spec.Model, job.Id, manifest, model.Sha256, model.Length, Metrics(reader), cancellationToken, Network(reader));
        await lease.CompleteAsync(version.Version, cancellationToken);
        return version;
    }

    private static string? Network(VaultReader reader) =>
        reader.Manifest.Blobs.Any(blob => blob.Path.EndsWith("/" + NetworkFile, StringComparison.Ordinal)) ? NetworkFile : null;

    private static Dictionary<string, double> Metrics(VaultReader reader) =>
        reader.Manifest.Properties.TryGetValue(MetricsProperty, out var json)
            ? JsonSerializer.Deserialize(json, RegistryJson.Default.DictionaryStringDouble) ?? []
            : [];
}
