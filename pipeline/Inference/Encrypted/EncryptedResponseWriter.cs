using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Writes the answer to an encrypted request: the JSON and one BYTES tensor, in the version and compression that the request came in.</summary>
internal static class EncryptedResponseWriter
{
    /// <exception cref="Problems.PipelineException">PayloadTooLarge.</exception>
    public static InferenceResponse Write(ModelVersion version, string? id, SealWriter writer, IReadOnlyList<Ciphertext> reply)
    {
        using var tensor = new ResponseBuffer();
        foreach (var ciphertext in reply)
        {
            var start = tensor.Length;
            tensor.GetSpan(sizeof(uint))[..sizeof(uint)].Clear();
            tensor.Advance(sizeof(uint));
            writer.Write(tensor, ciphertext);
            BinaryPrimitives.WriteUInt32LittleEndian(tensor.At(start, sizeof(uint)), (uint)(tensor.Length - start - sizeof(uint)));
        }
        var buffer = new ResponseBuffer();
        try
        {
            WriteJson(buffer, version, id, reply.Count, tensor.Length);
            var jsonLength = buffer.Length;
            buffer.Write(tensor.Written.Span);
            return new InferenceResponse(buffer, jsonLength);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static void WriteJson(ResponseBuffer buffer, ModelVersion version, string? id, int count, int size)
    {
        using var json = new Utf8JsonWriter(buffer, ProtocolJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("model_name"u8, version.Model);
        json.WriteString("model_version"u8, version.Version.ToString());
        if (id is not null) json.WriteString("id"u8, id);
        json.WriteStartArray("outputs"u8);
        json.WriteStartObject();
        json.WriteString("name"u8, EncryptedRequest.TensorName);
        json.WriteString("datatype"u8, "BYTES"u8);
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteStartObject("parameters"u8);
        json.WriteNumber("binary_data_size"u8, size);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
