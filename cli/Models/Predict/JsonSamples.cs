using System.Text;
using System.Text.Json;

namespace AIaaS.Cli.Models.Predict;

/// <summary>JSON: an object or objects of column to value, (nested) arrays of numbers, JSON Lines of objects, or a whole protocol request.</summary>
public static class JsonSamples
{
    public static Samples Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, text);
        }
        catch (JsonException whole)
        {
            return Lines(text) ?? throw SampleReader.Refuse($"This is no JSON: {whole.Message}", whole);
        }
    }

    private static Samples Read(JsonElement root, string text) => root.ValueKind switch
    {
        JsonValueKind.Object when root.TryGetProperty("inputs", out var inputs) && inputs.ValueKind == JsonValueKind.Array => new ProtocolRequest(Encoding.UTF8.GetBytes(text)),
        JsonValueKind.Object => new RowSamples([Row(root)]),
        JsonValueKind.Array when root.GetArrayLength() == 0 => throw SampleReader.Refuse("The array holds no samples."),
        JsonValueKind.Array when root[0].ValueKind == JsonValueKind.Object => new RowSamples([.. root.EnumerateArray().Select(Row)]),
        JsonValueKind.Array => Tensor(root),
        _ => throw SampleReader.Refuse("This is JSON, but neither an object nor an array."),
    };

    private static RowSamples? Lines(string text)
    {
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        try
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
                rows.Add(Row(document.RootElement));
            }
        }
        catch (JsonException)
        {
            // Not JSON Lines either; the caller reports the fault of the whole, which is where most people look.
            return null;
        }
        return new RowSamples(rows);
    }

    private static Dictionary<string, string?> Row(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw SampleReader.Refuse("One of the samples is no object of column to value.");
        var row = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            row[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => throw SampleReader.Refuse($"The value of '{property.Name}' is no number, text, true, false or null."),
            };
        }
        return row;
    }

    private static TensorSamples Tensor(JsonElement root)
    {
        var shape = new List<int>();
        for (var level = root; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
            if (shape[^1] == 0) throw SampleReader.Refuse("An array in it is empty.");
        }
        var values = new List<double>();
        Flatten(root, shape, 0, values);
        return new TensorSamples(shape, [.. values]);
    }

    private static void Flatten(JsonElement element, List<int> shape, int depth, List<double> values)
    {
        if (depth == shape.Count)
        {
            values.Add(element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw SampleReader.Refuse("The arrays hold something that is no number."));
            return;
        }
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[depth])
            throw SampleReader.Refuse($"The arrays are ragged: those at depth {depth} differ in length.");
        foreach (var inner in element.EnumerateArray()) Flatten(inner, shape, depth + 1, values);
    }
}
