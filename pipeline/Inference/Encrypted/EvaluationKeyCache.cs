using System.Collections.Concurrent;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using Azure;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>The evaluation keys in memory, over all callers, under a byte limit. A request whose keys are there needs no I/O.</summary>
public sealed class EvaluationKeyCache(EvaluationKeyStore store, EvaluationKeyLimits limits, EncryptedInferenceOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>What the table said of a set is believed this long: keys deleted elsewhere are used for a minute at most.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private const int MaxKnown = 10_000;

    private readonly LeasedCache<(string Caller, string Id), LoadedEvaluationKeys> _cache = new(limits.CacheBytes, "EvaluationKeys__CacheBytes", clock);
    private readonly ConcurrentDictionary<(string Caller, string Id), (EvaluationKeySet Set, long At)> _known = new();

    public long Bytes => _cache.Bytes;

    /// <summary>To be called after a set was deleted here.</summary>
    public void Forget(string caller, string id)
    {
        _known.TryRemove((caller, id), out _);
        _cache.Evict(key => key == (caller, id));
    }

    public void Dispose() => _cache.Dispose();

    /// <exception cref="PipelineException">EvaluationKeysNotFound, EvaluationKeysIncomplete, EvaluationKeysMismatch (another parameter set), EvaluationKeysLackRotation, IntegrityFailed, Busy.</exception>
    internal async Task<Lease<LoadedEvaluationKeys>> AcquireAsync(string caller, string id, EncryptedNetwork network, CancellationToken cancellationToken)
    {
        var content = (await KnownAsync(caller, id, cancellationToken)).Keys ?? throw new PipelineException(ProblemCodes.IntegrityFailed, "A set of evaluation keys is ready, but nobody wrote down what it holds. Delete it and send it again.");
        if (content.ParametersId != network.KeysId)
            throw new PipelineException(ProblemCodes.EvaluationKeysMismatch,
                $"The evaluation keys {id} are of another parameter set (N={content.Degree}, primes of {string.Join(',', content.PrimeBits)} bits, parms_id {content.ParametersId}); the model needs {network.Plan.Parameters}, parms_id {network.KeysId}. Make keys for the parameters in the model's metadata.");
        var lacking = network.RotationSteps.Except(content.RotationSteps).ToList();
        if (lacking.Count > 0)
            throw new PipelineException(ProblemCodes.EvaluationKeysLackRotation,
                $"The evaluation keys {id} lack the rotations by {string.Join(", ", lacking)}. Make keys for all rotation_steps in the model's metadata.");
        return await _cache.AcquireAsync((caller, id), (reserve, token) => LoadAsync(caller, id, content.MemoryBytes, network.Context, reserve, token), cancellationToken);
    }

    private async Task<EvaluationKeySet> KnownAsync(string caller, string id, CancellationToken cancellationToken)
    {
        EvaluationKeyId.Check(id);
        if (_known.TryGetValue((caller, id), out var known) && clock.GetElapsedTime(known.At) < MaxAge) return known.Set;
        try
        {
            var set = await store.UseAsync(caller, id, cancellationToken);
            if (_known.Count >= MaxKnown) _known.Clear();
            _known[(caller, id)] = (set, clock.GetTimestamp());
            return set;
        }
        catch (PipelineException)
        {
            Forget(caller, id);
            throw;
        }
    }

    private async Task<LoadedEvaluationKeys> LoadAsync(string caller, string id, long memoryBytes, CkksContext context, Action<long> reserve, CancellationToken cancellationToken)
    {
        reserve(memoryBytes);
        try
        {
            await using var blob = await store.OpenAsync(caller, id, cancellationToken);
            using var stream = new DigestStream(blob, cancellationToken);
            return Read(id, stream, KeySetBounds.KeysIn(context.Parameters, memoryBytes), context);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new PipelineException(ProblemCodes.EvaluationKeysNotFound, $"The evaluation keys {id} were deleted. Send them again.", innerException: exception);
        }
        catch (HomomorphicException exception)
        {
            throw Damaged(id, exception);
        }
    }

    private LoadedEvaluationKeys Read(string id, DigestStream stream, int keys, CkksContext context)
    {
        RelinearizationKey? relinearization = null;
        GaloisKeys? galois = null;
        try
        {
            if (!SealReader.ReadParameters(stream).Value.Equals(context.Parameters)) throw Damaged(id);
            var reader = new SealReader(context);
            relinearization = reader.ReadRelinearizationKey(stream).Value;
            galois = reader.ReadGaloisKeys(stream, Math.Max(0, keys - 1)).Value;
            if (stream.Finish().Digest != id) throw Damaged(id);
            return new LoadedEvaluationKeys(relinearization, galois, options.Threads);
        }
        catch
        {
            galois?.Dispose();
            relinearization?.Dispose();
            throw;
        }
    }

    private static PipelineException Damaged(string id, Exception? reason = null) => new(ProblemCodes.IntegrityFailed,
        $"The stored evaluation keys {id} are not what was sent any more. Delete them and send them again.", innerException: reason);
}
