using System.Text.Json.Serialization;

namespace AIaaS.Client;

/// <summary>What a model's metadata says under he_ckks.</summary>
internal sealed record EncryptedMetadata(
    string ModelVersion, byte[] Parameters, IReadOnlyList<int> RotationSteps, EncryptedInput Input, EncryptedOutput Output, double PredictedError, double ExpectedMilliseconds);

internal sealed record EncryptedInput(IReadOnlyList<int> Shape, IReadOnlyList<double> Range, int Level, double Scale, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Layout);

internal sealed record EncryptedOutput(int Count, int Level, double Scale, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Layout);

internal sealed record ModelMetadata(string Name, EncryptedMetadata? HeCkks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelMetadata))]
internal sealed partial class ClientJson : JsonSerializerContext;
