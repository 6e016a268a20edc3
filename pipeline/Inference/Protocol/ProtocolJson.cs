using System.Text.Encodings.Web;
using System.Text.Json;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>How the protocol's JSON is written.</summary>
internal static class ProtocolJson
{
    // The answers are application/json, never HTML: only what JSON itself demands is escaped, so ids and texts come back as they were sent.
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder, SkipValidation = true };

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = InferenceLimits.MaxJsonDepth };
}
