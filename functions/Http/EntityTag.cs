using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Functions.Http;

/// <summary>The ETags of records. Every change of a dataset or a job sets UpdatedOn to the 100 ns.</summary>
public static class EntityTag
{
    public static string Of(DateTimeOffset updatedOn) => updatedOn.UtcTicks.ToString("x");

    /// <summary>A model has no time of its last change; its tag is made from what is shown of it.</summary>
    public static string Of(ModelRecord model) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(model, ApiJson.Default.ModelRecord)).AsSpan(0, 8));
}
