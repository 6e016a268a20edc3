using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;

namespace AIaaS.Functions.Http;

/// <summary>Reads small bodies whole, under a limit that holds whatever Content-Length says.</summary>
public static class RequestBody
{
    /// <exception cref="PipelineException">PayloadTooLarge, InvalidRequest for an empty body.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) throw TooLarge(limit);
        var buffer = new byte[Math.Min(limit, 16 * 1024) + 1];
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > limit) throw TooLarge(limit);
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
        }
        if (length == 0) throw new PipelineException(ProblemCodes.InvalidRequest, "The request has no body.");
        return buffer.AsMemory(0, length);
    }

    private static PipelineException TooLarge(int limit) =>
        new(ProblemCodes.PayloadTooLarge, $"The body may be at most {limit / 1024} KiB here.");
}
