using System.Text.Json;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Tells infer requests of the extension he_ckks from others, and reads them.</summary>
public static class EncryptedRequestReader
{
    /// <summary>The JSON of such a request is a few hundred bytes; a longer one than this is none.</summary>
    public const int MaxJsonBytes = 64 << 10;

    /// <summary>Ciphertexts of one request.</summary>
    public const int MaxCiphertexts = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = InferenceLimits.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <returns>Null when no input names evaluation keys: then it is an ordinary request, or no valid one.</returns>
    /// <exception cref="PipelineException">InvalidRequest, TensorInvalid.</exception>
    public static EncryptedRequest? TryRead(in RequestBody body)
    {
        var json = body.Json;
        if (json.Length is 0 or > MaxJsonBytes || json.IndexOf("\"evaluation_keys\""u8) < 0) return null;
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            var inputs = document.RootElement.ValueKind == JsonValueKind.Object ? Property(document.RootElement, "inputs") : default;
            return inputs.ValueKind == JsonValueKind.Array && inputs.EnumerateArray().Any(input => Parameter(input, "evaluation_keys").ValueKind != JsonValueKind.Undefined)
                ? Read(document.RootElement, inputs, body)
                : null;
        }
        catch (JsonException)
        {
            // The reader of ordinary requests says where.
            return null;
        }
    }

    private static EncryptedRequest Read(JsonElement root, JsonElement inputs, in RequestBody body)
    {
        if (inputs.GetArrayLength() != 1) throw Invalid($"An encrypted request has one input, '{EncryptedRequest.TensorName}'");
        var input = inputs[0];
        if (Text(Property(input, "name"), "'name' of the input") != EncryptedRequest.TensorName) throw Tensor($"its name must be '{EncryptedRequest.TensorName}'");
        if (Text(Property(input, "datatype"), "'datatype' of the input") != "BYTES") throw Tensor("its datatype must be BYTES");
        var shape = Property(input, "shape");
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() != 1 || shape[0].ValueKind != JsonValueKind.Number || !shape[0].TryGetInt32(out var count) || count is < 1 or > MaxCiphertexts)
            throw Tensor($"its shape must be the number of ciphertexts, [1] to [{MaxCiphertexts}]");
        CheckBinary(input, body);
        CheckOutputs(root);
        return new EncryptedRequest(
            Id(root),
            Text(Parameter(input, "model"), "parameter 'model'"),
            Text(Parameter(input, "model_version"), "parameter 'model_version'"),
            Text(Parameter(input, "evaluation_keys"), "parameter 'evaluation_keys'"),
            Text(Parameter(input, "binding"), "parameter 'binding'"),
            count);
    }

    private static void CheckBinary(JsonElement input, in RequestBody body)
    {
        if (body.JsonLength is null || Property(input, "data").ValueKind != JsonValueKind.Undefined)
            throw Invalid($"Ciphertexts are sent as a binary tensor: behind the JSON, with {RequestBody.JsonLengthHeader} and binary_data_size");
        var size = Parameter(input, "binary_data_size");
        if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out var bytes) || bytes != body.BinaryLength)
            throw Invalid($"The body holds {body.BinaryLength} bytes behind the JSON; binary_data_size must be exactly that");
    }

    private static void CheckOutputs(JsonElement root)
    {
        var outputs = Property(root, "outputs");
        if (outputs.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return;
        if (outputs.ValueKind != JsonValueKind.Array) throw Invalid("'outputs' must be an array");
        foreach (var output in outputs.EnumerateArray())
        {
            if (output.ValueKind != JsonValueKind.Object || Text(Property(output, "name"), "'name' of an output") != EncryptedRequest.TensorName)
                throw Tensor($"an encrypted answer has one output, '{EncryptedRequest.TensorName}'");
            if (Parameter(output, "binary_data").ValueKind == JsonValueKind.False) throw Invalid("Encrypted answers are binary; ask for 'binary_data': true or leave it out");
        }
    }

    private static string? Id(JsonElement root)
    {
        var id = Property(root, "id");
        if (id.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        var text = Text(id, "'id'");
        return text.Length <= InferenceLimits.MaxIdLength ? text : throw Invalid($"'id' must be at most {InferenceLimits.MaxIdLength} characters");
    }

    private static JsonElement Parameter(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && Property(owner, "parameters") is { ValueKind: JsonValueKind.Object } parameters ? Property(parameters, name) : default;

    private static JsonElement Property(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    private static string Text(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.String) throw Invalid($"The {what} is missing or no string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new PipelineException(ProblemCodes.InvalidRequest, $"The {what} is not valid Unicode.", innerException: exception);
        }
    }

    private static PipelineException Invalid(string detail) => InferenceRequestReader.Invalid($"{detail}.");

    private static PipelineException Tensor(string detail) => TensorFault.Of($"The input of an encrypted request: {detail}.");
}
