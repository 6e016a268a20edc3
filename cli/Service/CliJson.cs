using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Demo;
using AIaaS.Cli.Local;
using AIaaS.Cli.Models.Predict;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Cli.Service;

/// <summary>What the command line reads from the service and writes for scripts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(DoneMessage))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(AccessKeys))]
[JsonSerializable(typeof(DatasetRecord))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(Listing<DatasetRecord>))]
[JsonSerializable(typeof(JobMonitor))]
[JsonSerializable(typeof(Listing<JobRecord>))]
[JsonSerializable(typeof(ModelRecord))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(Listing<ModelRecord>))]
[JsonSerializable(typeof(Listing<VaultKeyInfo>))]
[JsonSerializable(typeof(ModelSignature))]
[JsonSerializable(typeof(InferAnswer))]
[JsonSerializable(typeof(PredictionReport))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DigitPixels))]
[JsonSerializable(typeof(DemoReport))]
public sealed partial class CliJson : JsonSerializerContext
{
    private static CliJson? _readable;

    /// <summary>For writing: quotes and umlauts stay readable; nothing here ends up inside HTML.</summary>
    public static CliJson Readable => _readable ??= new CliJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
