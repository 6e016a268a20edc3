using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AIaaS.Cli.Models.Predict;

/// <summary>An infer request with binary tensors: a JSON head, then the tensors' bytes in its order (extension binary_tensor_data).</summary>
public static class InferBody
{
    private const string HeaderLength = "Inference-Header-Content-Length";

    /// <param name="inputs">All of the model's inputs.</param>
    /// <param name="first">First sample.</param>
    /// <param name="count">Samples.</param>
    public static HttpContent Create(IReadOnlyList<EncodedInput> inputs, int first, int count)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("inputs");
            foreach (var input in inputs)
            {
                writer.WriteStartObject();
                writer.WriteString("name", input.Signature.Name);
                writer.WriteString("datatype", input.Signature.Datatype);
                writer.WriteStartArray("shape");
                foreach (var length in input.Shape(count)) writer.WriteNumberValue(length);
                writer.WriteEndArray();
                writer.WriteStartObject("parameters");
                writer.WriteNumber("binary_data_size", input.Samples.Skip(first).Take(count).Sum(sample => (long)sample.Length));
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        var head = body.WrittenCount;
        foreach (var input in inputs)
        {
            for (var sample = first; sample < first + count; sample++) body.Write(input.Samples[sample]);
        }
        var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add(HeaderLength, head.ToString());
        return content;
    }
}
