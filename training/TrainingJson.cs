using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Training.Cards;
using AIaaS.Training.Checkpoints;

namespace AIaaS.Training;

/// <summary>What the trainer stores as JSON, beside what the pipeline does.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(CheckpointHeader))]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, double>))]
internal sealed partial class TrainingJson : JsonSerializerContext;
