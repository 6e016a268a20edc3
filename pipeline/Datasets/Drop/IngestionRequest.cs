using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Datasets;

/// <summary>The message of the queue dataset-ingestion. A hint only: ingestion looks at what lies in the drop zone.</summary>
/// <param name="Dataset">Whose drop changed.</param>
/// <param name="Blob">The blob that was announced; null when a sweep found it.</param>
/// <param name="ETag">Of that blob.</param>
public sealed record IngestionRequest(string Dataset, string? Blob, string? ETag)
{
    /// <returns>Null when the body is no such message: it can never be worked on.</returns>
    public static IngestionRequest? Parse(BinaryData body)
    {
        try
        {
            var request = JsonSerializer.Deserialize(body, IngestionJson.Default.IngestionRequest);
            return request is { Dataset: not null } && ResourceName.IsValid(request.Dataset) ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public BinaryData ToBody() => new(JsonSerializer.SerializeToUtf8Bytes(this, IngestionJson.Default.IngestionRequest));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IngestionRequest))]
internal sealed partial class IngestionJson : JsonSerializerContext;
