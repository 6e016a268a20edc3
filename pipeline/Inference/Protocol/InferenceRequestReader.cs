using System.Text.Json;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>
/// Reads an infer request of the Open Inference Protocol V2, JSON or with the binary tensor extension, in one pass over untrusted bytes.
/// Nothing is allocated that the bytes at hand do not pay for.
/// </summary>
public static class InferenceRequestReader
{
    /// <returns>To be disposed; uses <paramref name="body"/>'s memory until then.</returns>
    /// <exception cref="PipelineException">InvalidRequest or TensorInvalid, saying what was expected; PayloadTooLarge.</exception>
    public static InferenceRequest Read(in RequestBody body, ModelSignature signature)
    {
        var request = new InferenceRequest(signature);
        try
        {
            if (body.JsonLength == 0)
                RawTensorReader.Read(body, request);
            else
                ReadJson(body, request);
            return request;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how Utf8JsonReader reports strings that are no valid Unicode.
            request.Dispose();
            throw new PipelineException(ProblemCodes.InvalidRequest, Describe(exception), innerException: exception);
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    private static string Describe(Exception exception) => exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? $"The JSON is not valid at line {line + 1}, byte {position + 1} (depth is limited to {InferenceLimits.MaxJsonDepth})."
        : "The JSON holds a string that is not valid Unicode.";

    private static void ReadJson(in RequestBody body, InferenceRequest request)
    {
        var reader = new Utf8JsonReader(body.Json, ProtocolJson.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Invalid("The request must be a JSON object with 'inputs'.");

        var inputs = new InputsReader(body, request);
        var outputsSeen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputs"u8))
                inputs.Read(ref reader);
            else if (reader.ValueTextEquals("outputs"u8))
                OutputsReader.Read(ref reader, request, ref outputsSeen);
            else if (reader.ValueTextEquals("id"u8))
                request.Id = ReadId(ref reader);
            else if (reader.ValueTextEquals("parameters"u8))
                request.BinaryByDefault = ParametersReader.Read(ref reader, "binary_data_output"u8, "The request").Flag ?? false;
            else
                reader.Skip();
        }
        // Past the closing brace only white space may follow; the reader refuses anything else.
        reader.Read();
        inputs.Finish();
    }

    private static string? ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw Invalid("'id' must be a string.");
        if (reader.ValueSpan.Length > InferenceLimits.MaxIdLength) throw Invalid($"'id' must be at most {InferenceLimits.MaxIdLength} bytes.");
        return reader.GetString();
    }

    internal static PipelineException Invalid(string detail) => new(ProblemCodes.InvalidRequest, detail);
}
