using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Functions.Inference;
using AIaaS.Functions.Models;
using AIaaS.Functions.Operations;
using AIaaS.Functions.Problems;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Functions.Http;

/// <summary>What our own resources look like in JSON: camelCase, enums by name, nothing for null.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(V2Error))]
[JsonSerializable(typeof(StatusMonitor))]
[JsonSerializable(typeof(OperationMonitor))]
[JsonSerializable(typeof(ProblemCode))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(ReadinessReport))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(ModelMetadata))]
[JsonSerializable(typeof(ModelReadiness))]
[JsonSerializable(typeof(AliasTarget))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(EvaluationKeySet))]
[JsonSerializable(typeof(ListAnswer<EvaluationKeySet>))]
[JsonSerializable(typeof(ListAnswer<ModelRecord>))]
[JsonSerializable(typeof(ListAnswer<VaultKeyInfo>))]
[JsonSerializable(typeof(ListAnswer<JobRecord>))]
[JsonSerializable(typeof(ListAnswer<DatasetRecord>))]
public sealed partial class ApiJson : JsonSerializerContext;
