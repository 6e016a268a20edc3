using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Batch;

/// <summary>Runs what the queue inference-requests names, any number of times with one effect.</summary>
public sealed class OperationRunner(
    OperationStore operations, ServedModels models, InferenceEngine engine, EncryptedInference encrypted, BatchInference batches, VaultStore vault, TimeProvider clock)
{
    private readonly StoredRequest _stored = new(vault);

    /// <returns>The operation as it ended; null when there was nothing to do, or another worker has it.</returns>
    /// <exception cref="PipelineException">Something transient: the operation is given back and the message should come again.</exception>
    public async Task<OperationRecord?> RunAsync(string operationId, CancellationToken cancellationToken)
    {
        if (await OperationClaim.TryTakeAsync(operations, clock, operationId, cancellationToken) is not { } claim) return null;
        try
        {
            var outcome = claim.Operation.Kind == OperationKind.Batch
                ? await batches.RunAsync(claim, cancellationToken)
                : await InferAsync(claim.Operation, cancellationToken);
            var finished = await FinishAsync(claim, outcome, cancellationToken);
            if (finished is { Kind: OperationKind.Batch }) await batches.CleanUpAsync(finished, cancellationToken);
            return finished;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await claim.GiveBackAsync(CancellationToken.None);
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var problem = exception.ToProblem();
            if (!problem.IsTransient() || claim.Operation.Attempt >= OperationClaim.MaxAttempts) return await FailAsync(claim, problem, cancellationToken);
            await claim.GiveBackAsync(cancellationToken);
            throw;
        }
    }

    private async Task<Func<OperationRecord, OperationRecord>> InferAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        var (bytes, jsonLength) = await _stored.ReadRequestAsync(operation, cancellationToken);
        using var body = RequestBody.Copy(bytes, jsonLength);
        using var response = operation.Kind == OperationKind.EncryptedInference
            ? await ComputeAsync(operation, body, cancellationToken)
            : await InferAsync(operation, body, cancellationToken);
        var manifest = await _stored.WriteResponseAsync(operation, response, cancellationToken);
        return record => record with { Status = OperationStatus.Succeeded, ResultManifest = manifest };
    }

    private async Task<InferenceResponse> InferAsync(OperationRecord operation, RequestBody body, CancellationToken cancellationToken)
    {
        using var lease = await models.AcquireAsync(operation.Model, operation.Version.ToString(), cancellationToken);
        return engine.Infer(lease.Model, body);
    }

    private async Task<InferenceResponse> ComputeAsync(OperationRecord operation, RequestBody body, CancellationToken cancellationToken)
    {
        var version = await encrypted.ResolveAsync(operation.Model, operation.Version.ToString(), cancellationToken);
        var request = EncryptedRequestReader.TryRead(body);
        if (request is null || operation.Caller is not { } caller) throw new PipelineException(ProblemCodes.IntegrityFailed, "The operation's record and its stored request do not belong together.");
        // What the ciphertexts are bound to was checked when the request was accepted; the function key is not kept.
        using var call = await encrypted.PrepareAsync(version, request, body, caller, functionKey: null, cancellationToken);
        return await call.RunAsync(cancellationToken);
    }

    private async Task<OperationRecord?> FailAsync(OperationClaim claim, PipelineException problem, CancellationToken cancellationToken)
    {
        if (claim.Operation.Kind == OperationKind.Batch) await batches.ExplainAsync(claim.Operation, problem, cancellationToken);
        var error = new OperationError(problem.Code.Code, problem.Message);
        return await FinishAsync(claim, record => record with { Status = OperationStatus.Failed, Error = error }, cancellationToken);
    }

    private static async Task<OperationRecord?> FinishAsync(OperationClaim claim, Func<OperationRecord, OperationRecord> outcome, CancellationToken cancellationToken)
    {
        var ours = await claim.FinishAsync(outcome, cancellationToken);
        return ours ? claim.Operation : null;
    }
}
