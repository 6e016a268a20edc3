using System.Text;

namespace AIaaS.Benchmarks.Suites.Serving;

/// <summary>Infer requests as they go on the wire.</summary>
internal static class InferMessage
{
    private const int Side = 28;

    public const int ImageBytes = Side * Side;

    /// <param name="model">Name of the model.</param>
    /// <param name="key">Function key; the peer ignores it.</param>
    /// <param name="batch">Images.</param>
    /// <param name="pixels">Of the images, one after the other.</param>
    public static byte[] Binary(string model, string key, int batch, ReadOnlySpan<byte> pixels)
    {
        var json = $$$"""{"inputs":[{"name":"image","shape":[{{{batch}}},{{{Side}}},{{{Side}}},1],"datatype":"UINT8","parameters":{"binary_data_size":{{{pixels.Length}}}}}],"outputs":[{"name":"probabilities"}],"parameters":{"binary_data_output":true}}""";
        return Message(model, key, "application/octet-stream", $"Inference-Header-Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n", [.. Encoding.UTF8.GetBytes(json), .. pixels]);
    }

    public static byte[] Json(string model, string key, int batch, ReadOnlySpan<byte> pixels)
    {
        var json = $$$"""{"inputs":[{"name":"image","shape":[{{{batch}}},{{{Side}}},{{{Side}}},1],"datatype":"UINT8","data":[{{{string.Join(',', pixels.ToArray())}}}]}],"outputs":[{"name":"probabilities"}]}""";
        return Message(model, key, "application/json", "", Encoding.UTF8.GetBytes(json));
    }

    private static byte[] Message(string model, string key, string contentType, string header, byte[] body)
    {
        var head = $"POST /v2/models/{model}/infer HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {key}\r\nContent-Type: {contentType}\r\n{header}Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
