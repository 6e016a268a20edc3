using System.Text.Json;

namespace AIaaS.Cli.Models.Predict;

/// <summary>The protocol's answer with its data in JSON.</summary>
public sealed record InferAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("model_version")] string? ModelVersion,
    IReadOnlyList<OutputTensor> Outputs)
{
    /// <summary>Cuts every output along its first dimension.</summary>
    public IEnumerable<Prediction> Predictions(int count)
    {
        for (var sample = 0; sample < count; sample++)
        {
            var outputs = Outputs.ToDictionary(output => output.Name, output => output.Sample(sample, count), StringComparer.Ordinal);
            var label = outputs.GetValueOrDefault("label") is [{ ValueKind: JsonValueKind.String } text] ? text.GetString() : null;
            var probability = label is not null && outputs.GetValueOrDefault("probabilities") is { Length: > 0 } all ? all.Max(one => one.GetDouble()) : (double?)null;
            var value = label is null && outputs.GetValueOrDefault("value") is [{ ValueKind: JsonValueKind.Number } number] ? number.GetDouble() : (double?)null;
            yield return new Prediction(label, probability, value, outputs);
        }
    }
}

public sealed record OutputTensor(string Name, string Datatype, IReadOnlyList<long> Shape, JsonElement Data)
{
    public JsonElement[] Sample(int sample, int count)
    {
        var flat = Flat(Data).ToArray();
        var size = flat.Length / count;
        return flat[(sample * size)..((sample + 1) * size)];
    }

    private static IEnumerable<JsonElement> Flat(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().SelectMany(Flat) : [data];
}
