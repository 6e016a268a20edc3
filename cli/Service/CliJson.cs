using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Cli.Service;

/// <summary>What the command line reads from the service and writes for scripts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(DatasetRecord))]
[JsonSerializable(typeof(Listing<DatasetRecord>))]
[JsonSerializable(typeof(JobMonitor))]
[JsonSerializable(typeof(Listing<JobRecord>))]
[JsonSerializable(typeof(ModelRecord))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(Listing<ModelRecord>))]
public sealed partial class CliJson : JsonSerializerContext;
