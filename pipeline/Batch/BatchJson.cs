using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Batch;

/// <param name="Line">1-based line or row of the dropped file.</param>
/// <param name="Reason">Why it was left out.</param>
internal sealed record RejectedRow(long Line, string Reason);

/// <param name="Code">One of <see cref="Problems.ProblemCodes"/>.</param>
/// <param name="Message">For people.</param>
/// <param name="Operation">Whose status says the same.</param>
internal sealed record BatchFailure(string Code, string Message, string Operation);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RejectedRow))]
[JsonSerializable(typeof(BatchFailure))]
internal sealed partial class BatchJson : JsonSerializerContext
{
    /// <summary>Texts as they are, one object a line.</summary>
    public static readonly JsonWriterOptions LineOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
