using System.Text.Json;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Datasets.Drop;
using AIaaS.Pipeline.Datasets.Formats;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Batch;

/// <summary>Predicts every row of a dropped file. Memory does not depend on the file's size; results appear all at once, at the end.</summary>
public sealed class BatchInference(StorageAccount storage, ServedModels models, DatasetLimits limits)
{
    /// <summary>Rows are named by the columns the model was trained on; nothing is known of labels.</summary>
    private static readonly DatasetSidecar Sidecar = DatasetSidecar.Empty with { LabelsMayLack = true };

    /// <returns>What the operation's record should say.</returns>
    /// <exception cref="PipelineException">The Dataset problems for a file that cannot be read; TensorInvalid when it does not fit the model; the Model, Key and Storage problems.</exception>
    internal async Task<Func<OperationRecord, OperationRecord>> RunAsync(OperationClaim claim, CancellationToken cancellationToken)
    {
        var operation = claim.Operation;
        using var lease = await models.AcquireAsync(operation.Model, operation.Version == 0 ? null : operation.Version.ToString(), cancellationToken);
        using var drop = await OpenDropAsync(operation, cancellationToken);
        var source = await DatasetFormats.OpenAsync([drop], Sidecar, limits, cancellationToken);
        using var run = new BatchRun(storage, operation, lease.Model, BatchColumns.Map(source.Columns, lease.Model.Signature));
        foreach (var part in source.Parts)
        {
            await using var rows = await part.OpenAsync(false, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (!await run.AddAsync(rows, cancellationToken)) continue;
                if (!await claim.RenewAsync(cancellationToken)) throw Lost();
            }
        }
        await run.CommitAsync(cancellationToken);
        var version = lease.Model.Version.Version;
        return record => record with
        {
            Status = OperationStatus.Succeeded,
            Version = version,
            ResultBlob = BatchResult.Of(operation.Input).Predictions,
            Rows = run.Predicted,
            Rejected = run.Rejected,
        };
    }

    /// <summary>Says beside the results why there are none.</summary>
    internal async Task ExplainAsync(OperationRecord operation, PipelineException problem, CancellationToken cancellationToken)
    {
        var failure = JsonSerializer.SerializeToUtf8Bytes(new BatchFailure(problem.Code.Code, problem.Message, operation.Id), BatchJson.Default.BatchFailure);
        await storage.Container(StorageLayout.ResultsContainer).GetBlobClient(BatchResult.Of(operation.Input).Failure).UploadAsync(
            BinaryData.FromBytes(failure), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellationToken);
    }

    /// <summary>Deletes the drop whose predictions are there, unless something else was dropped under its name.</summary>
    internal async Task CleanUpAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        if (operation.ETag is null) return;
        try
        {
            await Drop(operation).DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(operation.ETag) }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // A newer drop: it has an operation of its own.
        }
    }

    private async Task<DropFile> OpenDropAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        var blob = Drop(operation);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            if (properties.ETag.ToString() == operation.ETag)
                return new DropFile(blob, operation.Input[(operation.Input.LastIndexOf('/') + 1)..], properties.ETag, properties.ContentLength, properties.LastModified);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Said below: gone and replaced are the same to this operation.
        }
        throw new PipelineException(ProblemCodes.Conflict, "The dropped file was replaced or removed before it was read. What lies there now is predicted by an operation of its own.");
    }

    private BlobClient Drop(OperationRecord operation) => storage.Container(StorageLayout.RequestsContainer).GetBlobClient(operation.Input);

    private static PipelineException Lost() => new(ProblemCodes.PreconditionFailed, "Another worker has taken the batch over.");
}
