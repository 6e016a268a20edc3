using System.Text;
using System.Text.Json;
using AIaaS.Pipeline.Problems;
using YamlDotNet.Core;

namespace AIaaS.Pipeline.Jobs;

/// <summary>From bytes to a tree of keys and values, YAML and JSON alike; nothing is believed that is not bounded.</summary>
internal static class JobFileSyntax
{
    public const int MaxDepth = 8;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="PipelineException">JobInvalid.</exception>
    public static JsonDocument Read(ReadOnlyMemory<byte> content)
    {
        var text = Decode(content.Span);
        if (string.IsNullOrWhiteSpace(text)) throw Invalid("The job file is empty.", null);
        // Whatever begins with a brace is JSON, or YAML in flow style: JSON knows escapes that YAML does not, so it goes first.
        var isJsonLike = text.AsSpan().TrimStart()[0] == '{';
        JsonException? json = null;
        if (isJsonLike)
        {
            try
            {
                return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            }
            catch (JsonException exception)
            {
                json = exception;
            }
        }
        try
        {
            return YamlTree.Read(text);
        }
        catch (YamlException exception)
        {
            throw json is null
                ? Invalid($"The job file is not valid YAML: line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}", exception)
                : Invalid($"The job file is not valid JSON: line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}: {json.Message}", json);
        }
    }

    private static string Decode(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble)) content = content[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            throw Invalid("The job file is not UTF-8 text.", exception);
        }
    }

    private static PipelineException Invalid(string detail, Exception? inner) =>
        new(ProblemCodes.JobInvalid, detail, [new ProblemItem("/", detail)], inner);
}
