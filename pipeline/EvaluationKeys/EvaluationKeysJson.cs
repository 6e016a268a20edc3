using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.EvaluationKeys;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationKeySet))]
internal sealed partial class EvaluationKeysJson : JsonSerializerContext;
