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
    private const int FirstCapacity = 4 << 10;
    private const int MaxFirstCapacity = 1 << 20;

    /// <summary>All of it, JSON and binary part.</summary>
    public ReadOnlySpan<byte> Bytes => Buffer.Span.Slice(Start, Length);

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
        var start = StartFor(jsonLength);
        // Memory follows the bytes that arrive, not the length that was announced.
        var buffer = AlignedBuffer.Rent(start + (int)Math.Min(contentLength ?? FirstCapacity, MaxFirstCapacity));
        try
        {
            var length = 0;
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                if (length + result.Buffer.Length > InferenceLimits.MaxRequestBytes) throw TooLarge();
                var read = (int)result.Buffer.Length;
                if (start + length + read > buffer.Capacity) buffer = Grow(buffer, start + length, start + length + read);
                result.Buffer.CopyTo(buffer.Span[(start + length)..]);
                length += read;
                reader.AdvanceTo(result.Buffer.End);
                if (!result.IsCompleted) continue;
                CheckLengths(length, jsonLength);
                return new RequestBody(buffer, start, length, jsonLength);
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static AlignedBuffer Grow(AlignedBuffer buffer, int used, int needed)
    {
        var larger = AlignedBuffer.Rent((int)Math.Min(Math.Max(needed, buffer.Capacity * 2L), InferenceLimits.MaxRequestBytes + Alignment));
        buffer.Span[..used].CopyTo(larger.Span);
        buffer.Dispose();
        return larger;
    }

    private static int StartFor(int? jsonLength) => jsonLength is > 0 ? (Alignment - (jsonLength.Value % Alignment)) % Alignment : 0;

    private static void CheckLengths(int length, int? jsonLength)
    {
        if (jsonLength > length)
            throw new PipelineException(ProblemCodes.InvalidRequest, $"{JsonLengthHeader} is {jsonLength}, but the whole body has only {length} bytes.");
    }

    internal static PipelineException TooLarge() =>
        new(ProblemCodes.PayloadTooLarge, $"The body is larger than {InferenceLimits.MaxRequestBytes} bytes. Send a smaller batch, or drop a file into requests/ for batch inference.");
}
