using System.Numerics;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>Checks a set before it is believed: its digest, its parameters against the security table, every key against the parameters.</summary>
/// <remarks>The set is streamed; memory holds one key at a time, and one set is checked at a time.</remarks>
public sealed class EvaluationKeyInspection(EvaluationKeyLimits limits) : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="id">The digest that it must have.</param>
    /// <param name="source">The whole set.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PipelineException">EvaluationKeysDigestMismatch, EvaluationKeysInvalid; Busy when others take too long.</exception>
    public async Task<EvaluationKeyContent> RunAsync(string id, Stream source, long length, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(MaxWait, cancellationToken)) throw new PipelineException(ProblemCodes.Busy, "Other evaluation keys are being checked. Nothing was lost; ask again in half a minute.");
        try
        {
            return await Task.Run(() => Run(id, source, length, cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private EvaluationKeyContent Run(string id, Stream source, long length, CancellationToken cancellationToken)
    {
        using var stream = new DigestStream(source, cancellationToken);
        EvaluationKeyContent? content = null;
        HomomorphicException? fault = null;
        try
        {
            content = Read(stream, length);
        }
        catch (HomomorphicException exception)
        {
            fault = exception;
        }
        // Bytes that were damaged on the way break the format as well: the digest is the better reason.
        var (left, digest) = stream.Finish();
        if (digest != id)
            throw new PipelineException(ProblemCodes.EvaluationKeysDigestMismatch, $"The SHA-256 of the bytes that came is {digest}. They were removed; send them again, or name the keys by the digest they have.");
        if (fault is not null) throw new PipelineException(ProblemCodes.EvaluationKeysInvalid, $"The evaluation keys are refused: {fault.Message}", innerException: fault);
        return left == 0 ? content! : throw Invalid($"{left} bytes follow the Galois keys. Send parameters, relinearization key and Galois keys, and nothing else");
    }

    private EvaluationKeyContent Read(Stream stream, long length)
    {
        var parameters = SealReader.ReadParameters(stream).Value;
        var keyBytes = KeySetBounds.KeyBytes(parameters);
        if (keyBytes > Math.Min(KeySetBounds.MaxKeyBytes, limits.CacheBytes)) throw Invalid($"A key of {parameters} takes {keyBytes} bytes in memory, more than this service allows");
        var reader = new SealReader(new CkksContext(parameters));
        reader.ReadRelinearizationKey(stream).Value.Dispose();
        var list = reader.ListGaloisKeys(stream, Math.Max(0, KeySetBounds.MaxKeys(parameters, length) - 1)).Value;
        var memory = (list.Elements.Count + 1) * keyBytes;
        if (memory > limits.CacheBytes) throw Invalid($"The {list.Elements.Count + 1} keys take {memory} bytes in memory, more than the {limits.CacheBytes} for all keys of this service. Make keys for the rotations that the model needs, and no others");
        return new EvaluationKeyContent(
            parameters.Degree, [.. parameters.Primes.Select(prime => 64 - BitOperations.LeadingZeroCount(prime))], ParametersId.OfKeys(parameters).ToString(), list.Steps, memory);
    }

    private static PipelineException Invalid(string detail) => new(ProblemCodes.EvaluationKeysInvalid, $"The evaluation keys are refused: {detail}.");
}
