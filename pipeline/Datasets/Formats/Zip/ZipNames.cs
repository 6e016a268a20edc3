using System.Text;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>Refuses the names by which archives reach out of their folder or fool people about what they hold.</summary>
/// <remarks>Nothing is ever written under such a name; an archive that holds one is still not what it claims to be.</remarks>
internal sealed class ZipNames(string archive, DatasetLimits limits)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PipelineException">DatasetMalformed.</exception>
    public string Check(ReadOnlySpan<byte> raw)
    {
        var name = Decode(raw);
        var fault = name.Length == 0 ? "without a name"
            : raw.Length > limits.MaxZipName ? $"with a name longer than {limits.MaxZipName} bytes"
            : name.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 ? "with control characters in its name"
            : name.Contains('\\', StringComparison.Ordinal) ? "with a backslash in its name"
            : name[0] == '/' || name.Length > 1 && name[1] == ':' ? "with an absolute name"
            : HasDots(name) ? "whose name leads out of the archive"
            : !_seen.Add(name.IsNormalized() ? name : name.Normalize()) ? "with the name of another, upper and lower case and accents aside"
            : null;
        return fault is null ? name : throw ZipDirectory.Malformed(archive, "holds a file " + fault);
    }

    private static bool HasDots(string name)
    {
        foreach (var range in name.AsSpan().Split('/'))
        {
            if (name.AsSpan(range) is "." or "..") return true;
        }
        return false;
    }

    private string Decode(ReadOnlySpan<byte> raw)
    {
        try
        {
            return Utf8.GetString(raw);
        }
        catch (DecoderFallbackException)
        {
            throw ZipDirectory.Malformed(archive, "holds a file whose name is not UTF-8");
        }
    }
}
