using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Batch;

/// <summary>Turns files dropped into requests/{model}/ into operations, one for each content of each name.</summary>
public sealed class BatchDrops(StorageAccount storage, OperationStore operations, ServedModels models, InferenceQueue queue, BatchInference batches, TimeProvider clock)
{
    private const int IdLength = 32;

    /// <summary>Asks for the predictions of a file. Harmless to repeat.</summary>
    /// <param name="path">"{model}/{file}" in the requests container.</param>
    /// <param name="eTag">Of the blob.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">InvalidName: the folder is no model name; QueueUnavailable, StorageUnavailable.</exception>
    public async Task AnnounceAsync(string path, string eTag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var model = ResourceName.Check(path.Split('/', 2)[0], "model");
        var id = $"batch-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{eTag}")))[..IdLength]}";
        var now = clock.GetUtcNow();
        var record = new OperationRecord(
            id, OperationKind.Batch, model, Version: 0, path, eTag, OperationStatus.NotStarted, Attempt: 0, InputManifest: null, ResultManifest: null,
            ResultBlob: null, Rows: null, Rejected: null, Error: null, now, now, FinishedOn: null, Activity.Current?.Id);
        if ((await operations.GetAsync(id, cancellationToken))?.Record is not { } known)
        {
            record = record with { Version = await VersionAsync(model, cancellationToken) };
            known = await operations.TryInsertAsync(record, cancellationToken) ? record : (await operations.GetAsync(id, cancellationToken))?.Record ?? record;
        }
        if (known.Status == OperationStatus.NotStarted) await queue.RequestAsync(known, cancellationToken);
        // Its predictions are there, but the worker stopped before it deleted the drop.
        if (known.Status == OperationStatus.Succeeded) await batches.CleanUpAsync(known, cancellationToken);
    }

    /// <summary>Finds drops that no event announced.</summary>
    /// <returns>How many lay there.</returns>
    public async Task<int> SweepAsync(TimeSpan minimumAge, CancellationToken cancellationToken)
    {
        var found = 0;
        await foreach (var blob in storage.Container(StorageLayout.RequestsContainer).GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
        {
            if (blob.Properties.LastModified > clock.GetUtcNow() - minimumAge || blob.Properties.ETag is not { } eTag) continue;
            if (!ResourceName.IsValid(blob.Name.Split('/', 2)[0])) continue;
            await AnnounceAsync(blob.Name, eTag.ToString(), cancellationToken);
            found++;
        }
        return found;
    }

    /// <summary>The version that answers now; 0 when there is none, which the run then reports.</summary>
    private async Task<int> VersionAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            return (await models.ResolveAsync(model, version: null, cancellationToken)).Version;
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.ModelNotFound || exception.Code == ProblemCodes.ModelVersionNotFound)
        {
            return 0;
        }
    }
}
