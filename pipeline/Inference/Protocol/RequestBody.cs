using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>The bytes of one infer request, in aligned memory. Dispose after the tensors made from it are no longer used.</summary>
/// <param name="Buffer">Owned.</param>
/// <param name="Start">Where the body begins, chosen so that the binary part begins on a 64-byte boundary.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="JsonLength">From Inference-Header-Content-Length; null when the body is all JSON, 0 when it is one raw tensor.</param>
public readonly record struct RequestBody(AlignedBuffer Buffer, int Start, int Length, int? JsonLength) : IDisposable
{
    /// <summary>The header that says how many bytes of the body are JSON.</summary>
    public const string JsonLengthHeader = "Inference-Header-Content-Length";

    private const int Alignment = 64;

    internal ReadOnlySpan<byte> Json => Buffer.Span.Slice(Start, JsonLength ?? Length);

    internal int BinaryStart => Start + (JsonLength ?? Length);

    internal int BinaryLength => Length - (JsonLength ?? Length);

    public void Dispose() => Buffer.Dispose();

    /// <exception cref="PipelineException">InvalidRequest: the header is no whole number.</exception>
    public static int? ParseJsonLength(string? header)
    {
        if (string.IsNullOrEmpty(header)) return null;
        return int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new PipelineException(ProblemCodes.InvalidRequest, $"{JsonLengthHeader} must be the number of JSON bytes, 0 to {int.MaxValue}.");
    }

    /// <summary>Takes a copy of a body that is in memory already.</summary>
    public static RequestBody Copy(ReadOnlySpan<byte> body, int? jsonLength)
    {
        CheckLengths(body.Length, jsonLength);
        var start = StartFor(jsonLength);
        var buffer = AlignedBuffer.Rent(start + body.Length);
        body.CopyTo(buffer.Span[start..]);
        return new RequestBody(buffer, start, body.Length, jsonLength);
    }

    /// <summary>Reads the body to its end.</summary>
    /// <param name="reader">The request's body.</param>
    /// <param name="contentLength">From the header; null for chunked bodies.</param>
    /// <param name="jsonLength">From <see cref="ParseJsonLength"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PipelineException">PayloadTooLarge; InvalidRequest when the JSON part would be longer than the body.</exception>
    public static async ValueTask<RequestBody> ReadAsync(PipeReader reader, long? contentLength, int? jsonLength, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (contentLength > InferenceLimits.MaxRequestBytes) throw TooLarge();
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > InferenceLimits.MaxRequestBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw TooLarge();
            }
            if (!result.IsCompleted)
            {
                // Nothing is consumed until all is there: the pipe itself holds the body, bounded by the limit above.
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }
            try
            {
                return Copy(result.Buffer, jsonLength);
            }
            finally
            {
                reader.AdvanceTo(result.Buffer.End);
            }
        }
    }

    private static RequestBody Copy(ReadOnlySequence<byte> body, int? jsonLength)
    {
        var length = (int)body.Length;
        CheckLengths(length, jsonLength);
        var start = StartFor(jsonLength);
        var buffer = AlignedBuffer.Rent(start + length);
        body.CopyTo(buffer.Span[start..]);
        return new RequestBody(buffer, start, length, jsonLength);
    }

    private static int StartFor(int? jsonLength) => jsonLength is > 0 ? (Alignment - (jsonLength.Value % Alignment)) % Alignment : 0;

    private static void CheckLengths(int length, int? jsonLength)
    {
        if (jsonLength > length)
            throw new PipelineException(ProblemCodes.InvalidRequest, $"{JsonLengthHeader} is {jsonLength}, but the whole body has only {length} bytes.");
    }

    private static PipelineException TooLarge() =>
        new(ProblemCodes.PayloadTooLarge, $"The body is larger than {InferenceLimits.MaxRequestBytes} bytes. Send a smaller batch, or drop a file into requests/ for batch inference.");
}
