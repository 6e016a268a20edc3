using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Jobs;

/// <summary>How a job lies in its table row.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobsJson : JsonSerializerContext;
