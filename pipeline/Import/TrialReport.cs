using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Import;

/// <summary>What the child process says of a model that it loaded, or why it could not.</summary>
internal sealed record TrialReport(IReadOnlyList<TrialTensor> Inputs, IReadOnlyList<TrialTensor> Outputs, string? Refusal);

/// <param name="Name">Of the tensor.</param>
/// <param name="Datatype">The protocol's name.</param>
/// <param name="Shape">-1 where the size may vary.</param>
public sealed record TrialTensor(string Name, string Datatype, IReadOnlyList<long> Shape);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrialReport))]
[JsonSerializable(typeof(ImportCard))]
internal sealed partial class ImportJson : JsonSerializerContext;
