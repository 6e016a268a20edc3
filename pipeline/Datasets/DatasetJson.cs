using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Datasets;

/// <summary>JSON of records and reports, as stored and as served: camelCase, enums by name.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DatasetRecord))]
[JsonSerializable(typeof(DatasetSchema))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
public sealed partial class DatasetJson : JsonSerializerContext;
