using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference;

/// <summary>Counts the request bytes held in memory, and refuses what would go past the limit.</summary>
public sealed class BytesInFlight
{
    private long _bytes;

    /// <param name="contentLength">Null for chunked bodies, which are counted as the largest there may be.</param>
    /// <returns>What to give to <see cref="Release"/>.</returns>
    /// <exception cref="PipelineException">PayloadTooLarge; ModelUnavailable: too much is under way.</exception>
    public long Admit(long? contentLength)
    {
        var bytes = contentLength ?? InferenceLimits.MaxRequestBytes;
        if (bytes > InferenceLimits.MaxRequestBytes) throw Protocol.RequestBody.TooLarge();
        if (Interlocked.Add(ref _bytes, bytes) <= InferenceLimits.MaxBytesInFlight) return bytes;
        Release(bytes);
        throw new PipelineException(ProblemCodes.ModelUnavailable, $"More than {InferenceLimits.MaxBytesInFlight} bytes of requests are under way. Try again in a moment.");
    }

    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
