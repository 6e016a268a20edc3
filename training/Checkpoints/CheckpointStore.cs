using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Learning;
using Microsoft.Extensions.Logging;

namespace AIaaS.Training.Checkpoints;

/// <summary>The checkpoints of one job: encrypted under the model's key, bound by a signed manifest each; the newest is kept.</summary>
/// <remarks>
/// Ids are "jobs/{job}/checkpoints/{epoch}-{fence}", so two workers never write the same blob. Which worker wrote one does not
/// matter: the same job has the same state after the same epoch.
/// </remarks>
internal sealed partial class CheckpointStore(VaultStore vault, JobRecord job, long fence, ILogger logger)
{
    private readonly VaultScope _scope = VaultScope.Model(job.Spec.Model);

    private string Folder => $"jobs/{job.Id}/checkpoints/";

    /// <summary>Stores a state, then removes what it replaces.</summary>
    public async Task SaveAsync(TrainerState state, CancellationToken cancellationToken)
    {
        var id = $"{Folder}{state.Epoch:D6}-{fence:D6}";
        var writer = await vault.OpenWriterAsync(_scope, cancellationToken);
        var blobs = new List<ManifestBlob>();
        foreach (var (name, content) in CheckpointFiles.Write(state))
            blobs.Add(await writer.WriteAsync($"{_scope.Prefix}{id}/{name}", content, cancellationToken));
        FaultPoints.Before(FaultPointNames.Checkpoint);
        var manifest = await writer.CommitAsync(id, blobs, new Dictionary<string, string>(), cancellationToken);
        FaultPoints.After(FaultPointNames.Checkpoint);
        foreach (var older in await ListAsync(cancellationToken))
            if (string.CompareOrdinal(older, manifest) < 0) await DeleteAsync(older, cancellationToken);
    }

    /// <returns>The state after the most epochs; null when there is none that is whole.</returns>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable, StorageUnavailable.</exception>
    public async Task<TrainerState?> LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var manifest in (await ListAsync(cancellationToken)).Reverse())
        {
            try
            {
                var reader = await vault.OpenReaderAsync(_scope, manifest, cancellationToken);
                return await CheckpointFiles.ReadAsync(async name =>
                    reader.Manifest.Blobs.FirstOrDefault(blob => blob.Path.EndsWith("/" + name, StringComparison.Ordinal)) is { } blob
                        ? await reader.ReadAsync(blob, cancellationToken)
                        : null);
            }
            catch (PipelineException problem) when (problem.Code == ProblemCodes.IntegrityFailed)
            {
                // Training again what it held costs time only; refusing would cost the job.
                LogDamaged(logger, job.Id, problem);
            }
        }
        return null;
    }

    /// <summary>Removes all checkpoints of the job.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => vault.DeletePrefixAsync(_scope, _scope.Prefix + Folder, cancellationToken);

    private Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => vault.ListManifestsAsync(_scope, Folder, cancellationToken);

    private Task DeleteAsync(string manifest, CancellationToken cancellationToken) =>
        vault.DeletePrefixAsync(_scope, manifest[..(manifest.LastIndexOf('/') + 1)], cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A checkpoint of job {Job} is damaged and is not used.")]
    private static partial void LogDamaged(ILogger logger, string job, Exception exception);
}
