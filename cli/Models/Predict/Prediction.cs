using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Cli.Models.Predict;

/// <summary>What a model says about one sample. Our trained models fill the first three; others have only <paramref name="Outputs"/>.</summary>
/// <param name="Label">The class; null for regression and models of other origin.</param>
/// <param name="Probability">Of that class, 0 to 1.</param>
/// <param name="Value">The number of a regression.</param>
/// <param name="Outputs">Every output, as the service answered it, one sample's part.</param>
public sealed record Prediction(string? Label, double? Probability, double? Value, IReadOnlyDictionary<string, JsonElement[]> Outputs);

/// <summary>The --json shape of predict. <paramref name="Encryption"/> only with --encrypted.</summary>
public sealed record PredictionReport(
    string Model, string? Version, IReadOnlyList<Prediction> Predictions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EncryptionReport? Encryption = null);
