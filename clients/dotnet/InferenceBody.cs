using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AIaaS.Client;

/// <summary>Bodies of the protocol: JSON, and binary tensors behind it.</summary>
internal static class InferenceBody
{
    private const string JsonLength = "Inference-Header-Content-Length";

    public static HttpContent Write(IReadOnlyList<InferenceTensor> inputs, string? id = null, IReadOnlyDictionary<string, string>? parameters = null)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (id is not null) json.WriteString("id", id);
            json.WriteStartArray("inputs");
            foreach (var input in inputs) Write(json, input, parameters);
            json.WriteEndArray();
            json.WriteStartObject("parameters");
            json.WriteBoolean("binary_data_output", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        var length = body.WrittenCount;
        foreach (var input in inputs) body.Write(input.Data.Span);
        var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add(JsonLength, length.ToString());
        return content;
    }

    /// <exception cref="ServiceException">It is no answer of the protocol.</exception>
    public static async Task<InferenceAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            var length = response.Headers.TryGetValues(JsonLength, out var values) ? int.Parse(values.First()) : body.Length;
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            var outputs = new List<InferenceTensor>();
            foreach (var output in json.RootElement.GetProperty("outputs").EnumerateArray())
            {
                var size = output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32();
                outputs.Add(new InferenceTensor(
                    output.GetProperty("name").GetString()!, output.GetProperty("datatype").GetString()!,
                    [.. output.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64())], body.AsMemory(length, size)));
                length += size;
            }
            return new InferenceAnswer(json.RootElement.GetProperty("model_name").GetString()!, json.RootElement.GetProperty("model_version").GetString()!, outputs);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ServiceException(response.StatusCode, null, $"What answered is no inference service: {exception.Message}");
        }
    }

    private static void Write(Utf8JsonWriter json, InferenceTensor input, IReadOnlyDictionary<string, string>? parameters)
    {
        json.WriteStartObject();
        json.WriteString("name", input.Name);
        json.WriteStartArray("shape");
        foreach (var dimension in input.Shape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteString("datatype", input.Datatype);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in parameters ?? new Dictionary<string, string>(StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteNumber("binary_data_size", input.Data.Length);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
