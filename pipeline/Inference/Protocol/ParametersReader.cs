using System.Text.Json;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Reads a 'parameters' object: every value must be a string, number or bool; one name is looked for, others belong to other servers.</summary>
internal static class ParametersReader
{
    /// <param name="reader">At the property name 'parameters'.</param>
    /// <param name="wanted">The name that has a meaning here.</param>
    /// <param name="owner">For errors: "Input 'x'".</param>
    public static ParameterValue Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> wanted, string owner)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.StartObject) throw InferenceRequestReader.Invalid($"{owner}: 'parameters' must be an object.");

        var found = default(ParameterValue);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(wanted);
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.True => new ParameterValue(true, null),
                JsonTokenType.False => new ParameterValue(false, null),
                JsonTokenType.Number => new ParameterValue(null, reader.TryGetInt32(out var number) ? number : -1),
                JsonTokenType.String or JsonTokenType.Null => default,
                _ => throw InferenceRequestReader.Invalid($"{owner}: a parameter must be a string, a number or a bool."),
            };
            if (isWanted) found = value;
        }
        return found;
    }
}

/// <param name="Flag">When the parameter was a bool.</param>
/// <param name="Number">When it was a number; -1 for one that is no 32-bit integer.</param>
internal readonly record struct ParameterValue(bool? Flag, int? Number);
