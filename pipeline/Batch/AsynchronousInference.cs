using System.Diagnostics;
using System.Security.Cryptography;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Batch;

/// <summary>Takes infer requests that are to be answered later.</summary>
public sealed class AsynchronousInference(ServedModels models, OperationStore operations, VaultStore vault, InferenceQueue queue, TimeProvider clock)
{
    private readonly StoredRequest _stored = new(vault);

    /// <summary>Checks the request against the model, stores it encrypted, records it and asks for its run.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="version">Number or alias; the version it means now is the one that will answer.</param>
    /// <param name="body">Not disposed.</param>
    /// <param name="operationId">The client's own id, which makes repeating the request harmless; null makes one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">What answering it at once would throw; InvalidRequest when the id was used for another request; QueueUnavailable.</exception>
    public async Task<OperationRecord> SubmitAsync(string model, string? version, RequestBody body, string? operationId, CancellationToken cancellationToken)
    {
        int fixedVersion;
        using (var lease = await models.AcquireAsync(model, version, cancellationToken))
        {
            InferenceEngine.Check(lease.Model, body);
            fixedVersion = lease.Model.Version.Version;
        }
        return await RecordAsync(OperationKind.Inference, model, fixedVersion, caller: null, body, operationId, cancellationToken);
    }

    /// <summary>The same for a request on encrypted input, which has been checked.</summary>
    /// <param name="call">Checked.</param>
    /// <param name="caller">Whose evaluation keys it names.</param>
    /// <param name="body">Not disposed.</param>
    /// <param name="operationId">The client's own id, which makes repeating the request harmless; null makes one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">InvalidRequest when the id was used for another request; QueueUnavailable.</exception>
    public Task<OperationRecord> SubmitAsync(EncryptedCall call, string caller, RequestBody body, string? operationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RecordAsync(OperationKind.EncryptedInference, call.Version.Model, call.Version.Version, caller, body, operationId, cancellationToken);
    }

    private async Task<OperationRecord> RecordAsync(
        OperationKind kind, string model, int version, string? caller, RequestBody body, string? operationId, CancellationToken cancellationToken)
    {
        var digest = StoredRequest.Digest(body);
        var id = operationId is null ? NewId() : Storage.ResourceName.Check(operationId, "operation");
        if (operationId is not null && (await operations.GetAsync(id, cancellationToken))?.Record is { } known)
            return await RepeatAsync(known, model, caller, digest, cancellationToken);

        var manifest = await _stored.WriteRequestAsync(model, id, digest, body.Bytes.ToArray(), body.JsonLength, cancellationToken);
        var now = clock.GetUtcNow();
        var record = new OperationRecord(
            id, kind, model, version, digest, ETag: null, OperationStatus.NotStarted, Attempt: 0, manifest, ResultManifest: null,
            ResultBlob: null, Rows: null, Rejected: null, Error: null, now, now, FinishedOn: null, Activity.Current?.Id, caller);
        if (!await operations.TryInsertAsync(record, cancellationToken))
        {
            var winner = await operations.GetAsync(id, cancellationToken) ?? throw Conflict(id);
            return await RepeatAsync(winner.Record, model, caller, digest, cancellationToken);
        }
        await queue.RequestAsync(record, cancellationToken);
        return record;
    }

    /// <summary>The earlier call may have ended between its record and its message.</summary>
    private async Task<OperationRecord> RepeatAsync(OperationRecord known, string model, string? caller, string digest, CancellationToken cancellationToken)
    {
        if (known.Input != digest || known.Model != model || known.Caller != caller) throw Conflict(known.Id);
        if (known.Status == OperationStatus.NotStarted) await queue.RequestAsync(known, cancellationToken);
        return known;
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static PipelineException Conflict(string id) =>
        new(ProblemCodes.InvalidRequest, $"The operation id '{id}' was used for another request. Take a new one.");
}
