using System.Globalization;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>Which bytes of the whole a request carries.</summary>
/// <param name="First">Offset of the first byte, a multiple of <see cref="EvaluationKeyLimits.PartBytes"/>.</param>
/// <param name="Length">Bytes in the body; 0 to ask for the check of what has come.</param>
/// <param name="Total">Bytes of the whole.</param>
public readonly record struct UploadPart(long First, long Length, long Total)
{
    private const string Unit = "bytes ";

    /// <param name="contentRange">"bytes 0-4194303/9000000", "bytes */9000000"; null when the body is the whole.</param>
    /// <param name="contentLength">Null for chunked bodies.</param>
    /// <exception cref="PipelineException">InvalidRequest.</exception>
    public static UploadPart Parse(string? contentRange, long? contentLength)
    {
        if (string.IsNullOrEmpty(contentRange))
        {
            return contentLength is > 0 and var length
                ? new UploadPart(0, length, length)
                : throw Invalid("Say how long the keys are: Content-Length for all of them in one body, or Content-Range for a part");
        }
        if (!contentRange.StartsWith(Unit, StringComparison.Ordinal) || contentRange.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash)
            || !TryNumber(contentRange.AsSpan(slash + 1), out var total) || total == 0)
            throw Invalid($"Content-Range is not 'bytes first-last/total'");
        var range = contentRange.AsSpan(Unit.Length..slash);
        if (range is "*") return contentLength is null or 0 ? new UploadPart(0, 0, total) : throw Invalid("A request with 'Content-Range: bytes */total' has no body");
        var dash = range.IndexOf('-');
        if (dash < 0 || !TryNumber(range[..dash], out var first) || !TryNumber(range[(dash + 1)..], out var last) || last < first || last >= total)
            throw Invalid("Content-Range is not 'bytes first-last/total' with first <= last < total");
        if (first % EvaluationKeyLimits.PartBytes != 0 || ((last + 1) % EvaluationKeyLimits.PartBytes != 0 && last + 1 != total))
            throw Invalid($"A part begins and ends at a multiple of {EvaluationKeyLimits.PartBytes} bytes; only the last may end earlier");
        if (contentLength is { } declared && declared != last - first + 1) throw Invalid($"Content-Range has {last - first + 1} bytes, Content-Length {declared}");
        return new UploadPart(first, last - first + 1, total);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static PipelineException Invalid(string detail) => new(ProblemCodes.InvalidRequest, $"{detail}.");
}
