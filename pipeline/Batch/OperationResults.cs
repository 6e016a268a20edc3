using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Batch;

/// <summary>Hands out what finished operations left.</summary>
public sealed class OperationResults(OperationStore operations, StorageAccount storage, VaultStore vault)
{
    private readonly StoredRequest _stored = new(vault);

    /// <returns>The answer, decrypted; to be disposed.</returns>
    /// <exception cref="PipelineException">OperationNotFound; Conflict while it is not over; the operation's own problem when it failed; what reading the vault throws.</exception>
    public async Task<OperationAnswer> OpenAsync(string id, CancellationToken cancellationToken)
    {
        var operation = (await operations.GetAsync(id, cancellationToken))?.Record
            ?? throw new PipelineException(ProblemCodes.OperationNotFound, $"There is no operation '{id}'. Operations are kept for a day after they ended.");
        return operation.Status switch
        {
            OperationStatus.Succeeded when operation.Kind == OperationKind.Batch => await OpenBatchAsync(operation, cancellationToken),
            OperationStatus.Succeeded => await OpenResponseAsync(operation, cancellationToken),
            OperationStatus.Failed => throw Failure(operation),
            _ => throw new PipelineException(ProblemCodes.Conflict, $"The operation '{id}' is not over yet; it is {operation.Status}. Ask again in a few seconds."),
        };
    }

    private async Task<OperationAnswer> OpenResponseAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        var (body, jsonLength) = await _stored.ReadResponseAsync(operation, cancellationToken);
        return new OperationAnswer(new MemoryStream(body, writable: false), jsonLength is null ? "application/json" : "application/octet-stream", jsonLength);
    }

    private async Task<OperationAnswer> OpenBatchAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        var path = operation.ResultBlob ?? throw new PipelineException(ProblemCodes.IntegrityFailed, "The operation's record names no result.");
        var blob = storage.Container(StorageLayout.ResultsContainer).GetBlobClient(path);
        return new OperationAnswer(await blob.OpenReadAsync(cancellationToken: cancellationToken), "application/jsonl", null);
    }

    private static PipelineException Failure(OperationRecord operation) =>
        new(ProblemCodes.OperationFailed, $"The operation '{operation.Id}' failed: {operation.Error?.Code}: {operation.Error?.Message}");
}

/// <param name="Body">Read it once.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="JsonLength">For the header Inference-Header-Content-Length; null when there are no binary tensors.</param>
public sealed record OperationAnswer(Stream Body, string ContentType, int? JsonLength) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
