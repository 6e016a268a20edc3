using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Operations;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperationRecord))]
[JsonSerializable(typeof(OperationMessage))]
internal sealed partial class OperationsJson : JsonSerializerContext;
