using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Registry;

/// <summary>How models lie in their table rows.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(ModelHead))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class RegistryJson : JsonSerializerContext;
