using System.Reflection;
using System.Text.Json;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Training.Cards;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Training.Jobs;

/// <summary>Writes model, card and manifest into the job's own folder, and commits the job to them.</summary>
internal sealed class ModelPublisher(VaultStore vault, TimeProvider time)
{
    /// <summary>After this the job is Publishing: <see cref="JobPublication"/> does the rest, here or in another worker.</summary>
    public async Task CommitAsync(JobLease lease, TrainedModel model, CancellationToken cancellationToken)
    {
        var job = lease.Job;
        var scope = VaultScope.Model(job.Spec.Model);
        var id = $"jobs/{job.Id}/{lease.Fence}";
        var folder = $"{scope.Prefix}{id}/";
        var writer = await vault.OpenWriterAsync(scope, cancellationToken);
        var file = await writer.WriteAsync(folder + JobPublication.ModelFile, model.Exported.File, cancellationToken);
        var card = JsonSerializer.SerializeToUtf8Bytes(Card(job, model, new CardKey(scope.KeyName, file.KeyVersion)), TrainingJson.Default.ModelCard);
        var cardFile = await writer.WriteAsync(folder + JobPublication.CardFile, card, cancellationToken);
        var files = new List<ManifestBlob> { file, cardFile };
        if (model.Encrypted is { } encrypted) files.Add(await writer.WriteAsync(folder + JobPublication.NetworkFile, encrypted.NetworkFile, cancellationToken));
        var metrics = JsonSerializer.Serialize(model.Test.Values, TrainingJson.Default.IReadOnlyDictionaryStringDouble);
        var manifest = await writer.CommitAsync(
            id, files, new Dictionary<string, string>(StringComparer.Ordinal) { [JobPublication.MetricsProperty] = metrics }, cancellationToken);
        await lease.CommitAsync(manifest, cancellationToken, model.Encrypted?.Readiness);
        // What earlier attempts wrote and never committed.
        for (var fence = 1L; fence < lease.Fence; fence++)
            await vault.DeletePrefixAsync(scope, $"{scope.Prefix}jobs/{job.Id}/{fence}/", cancellationToken);
    }

    private ModelCard Card(JobRecord job, TrainedModel model, CardKey key) => new(
        job.Spec.Model, job.Id, job.Spec, model.Dataset, (model.Network.Head as ClassificationHead)?.Classes, model.Epochs, model.PublishedEpoch, model.Test,
        new CardSize(model.Network.Plan.ParameterCount, model.Exported.File.Length, model.Exported.Sha256, model.Exported.VerifiedRows),
        new CardLatency(model.Exported.LatencyMicroseconds), key,
        new CardSoftware(
            InformationalVersion(typeof(ModelPublisher).Assembly), InformationalVersion(typeof(TorchSharp.torch).Assembly),
            OrtEnv.Instance().GetVersionString(), Environment.Version.ToString(), model.Device),
        time.GetUtcNow(), model.Encrypted?.Readiness);

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
