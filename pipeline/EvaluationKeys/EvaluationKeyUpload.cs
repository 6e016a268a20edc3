using System.Buffers;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>Takes sets in parts, in any order and any number of times; the part that completes a set has it checked.</summary>
/// <remarks>Memory: 4 MiB a request, at most <see cref="MaxConcurrent"/> of them.</remarks>
public sealed class EvaluationKeyUpload(EvaluationKeyStore store, EvaluationKeyInspection inspection, EvaluationKeyLimits limits, TimeProvider clock) : IDisposable
{
    /// <summary>Parts received at the same time.</summary>
    public const int MaxConcurrent = 16;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _slots = new(MaxConcurrent);

    /// <param name="caller">Whose set it becomes.</param>
    /// <param name="id">SHA-256 of the whole.</param>
    /// <param name="part">Which bytes follow.</param>
    /// <param name="body">Read once. Where it breaks off, what came in whole steps of 4 MiB is kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Receiving with what has come, or Ready.</returns>
    /// <exception cref="PipelineException">InvalidName, InvalidRequest, PayloadTooLarge, EvaluationKeysQuotaExceeded, Conflict (another total size), EvaluationKeysDigestMismatch, EvaluationKeysInvalid, Busy.</exception>
    public async Task<EvaluationKeySet> PutAsync(string caller, string id, UploadPart part, Stream body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        EvaluationKeyId.Check(id);
        limits.CheckSize(part.Total);
        if (!await _slots.WaitAsync(MaxWait, cancellationToken)) throw new PipelineException(ProblemCodes.Busy, $"{MaxConcurrent} parts are being received. Send this one again in a moment.");
        try
        {
            var row = await RowAsync(caller, id, part.Total, cancellationToken);
            if (row.Set.Status == EvaluationKeyStatus.Ready) return row.Set;
            var blob = store.Blob(row);
            await StageAsync(blob, part, body, cancellationToken);
            var received = await blob.ReceivedAsync(cancellationToken);
            if (received.Contains(false)) return row.Set with { Received = blob.Ranges(received) };
            await blob.CommitAsync(cancellationToken);
            return await FinishAsync(row, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<EvaluationKeyRow> RowAsync(string caller, string id, long total, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var set = new EvaluationKeySet(id, EvaluationKeyStatus.Receiving, total, now, now + EvaluationKeyLimits.UploadLifetime, Received: null, Keys: null);
        while (true)
        {
            var known = await store.Table.FindAsync(caller, id, cancellationToken);
            if (known is null)
            {
                await store.Table.TryAddAsync(caller, set, others => CheckQuota(others, total), cancellationToken);
                continue;
            }
            if (known.Set.Bytes != total)
                throw new PipelineException(ProblemCodes.Conflict, $"The evaluation keys {id} were begun with {known.Set.Bytes} bytes in all, and now {total} are announced. Bytes of one digest have one length: delete the keys and begin again.");
            if (known.Set.Status == EvaluationKeyStatus.Ready || set.ExpiresOn - known.Set.ExpiresOn < EvaluationKeyLimits.UploadLifetime / 24) return known;
            if (await store.Table.TryReplaceAsync(known, known.Set with { ExpiresOn = set.ExpiresOn }, cancellationToken) is { } renewed) return renewed;
        }
    }

    private void CheckQuota(IReadOnlyList<EvaluationKeySet> others, long total)
    {
        var used = others.Sum(other => other.Bytes);
        if (others.Count >= limits.Sets || used + total > limits.QuotaBytes)
            throw new PipelineException(ProblemCodes.EvaluationKeysQuotaExceeded,
                $"You may keep {limits.Sets} sets of evaluation keys with {limits.QuotaBytes} bytes; you have {others.Count} with {used}, and this one has {total}. Delete those you no longer use: GET /evaluation-keys lists them.");
    }

    private static async Task StageAsync(EvaluationKeyBlob blob, UploadPart part, Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(EvaluationKeyLimits.PartBytes);
        try
        {
            var index = (int)(part.First / EvaluationKeyLimits.PartBytes);
            for (var left = part.Length; left > 0; index++)
            {
                var size = blob.SizeOf(index);
                var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
                if (read < size) throw TooShort(part.Length - left + read, part.Length);
                await blob.StageAsync(index, buffer.AsMemory(0, size), cancellationToken);
                left -= size;
            }
            if (await body.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) != 0 && part.Length > 0)
                throw new PipelineException(ProblemCodes.InvalidRequest, $"The body has more bytes than the {part.Length} it declares.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<EvaluationKeySet> FinishAsync(EvaluationKeyRow row, CancellationToken cancellationToken)
    {
        EvaluationKeyContent content;
        try
        {
            await using var stream = await store.Blob(row).OpenReadAsync(cancellationToken);
            content = await inspection.RunAsync(row.Set.Id, stream, row.Set.Bytes, cancellationToken);
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.EvaluationKeysDigestMismatch || problem.Code == ProblemCodes.EvaluationKeysInvalid)
        {
            await store.RemoveAsync(row, unchanged: false, CancellationToken.None);
            throw;
        }
        var ready = row.Set with { Status = EvaluationKeyStatus.Ready, ExpiresOn = clock.GetUtcNow() + limits.Lifetime, Received = null, Keys = content };
        // Several last parts may have come at once: each has checked the same bytes, and the first one's row stands.
        var written = await store.Table.TryReplaceAsync(row, ready, cancellationToken) ?? await store.Table.FindAsync(row.Caller, row.Set.Id, cancellationToken);
        if (written is { Set.Status: EvaluationKeyStatus.Ready }) return written.Set;
        if (written is null) await store.Blob(row).DeleteAsync(CancellationToken.None);
        throw new PipelineException(ProblemCodes.PreconditionFailed, $"The evaluation keys {row.Set.Id} were deleted or begun anew while they were checked. Send them again if they are wanted.");
    }

    private static PipelineException TooShort(long came, long declared) =>
        new(ProblemCodes.InvalidRequest, $"The body has {came} bytes, fewer than the {declared} it declares. Ask which bytes are there, and send the others.");
}
