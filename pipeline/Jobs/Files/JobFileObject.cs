using System.Text.Json;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Jobs;

/// <summary>One mapping of the job file while it is read: every key that is asked for is known, the others are faults.</summary>
internal sealed class JobFileObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly string _pointer;
    private readonly List<ProblemItem> _faults;

    private JobFileObject(JsonElement? element, string pointer, List<ProblemItem> faults)
    {
        _pointer = pointer;
        _faults = faults;
        if (element is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var property in map.EnumerateObject()) _values[property.Name] = property.Value;
        }
        else if (element is { ValueKind: not JsonValueKind.Null })
        {
            faults.Add(new(pointer.Length == 0 ? "/" : pointer, "This must be a mapping of keys to values."));
        }
    }

    public static JobFileObject Root(JsonElement element, List<ProblemItem> faults) => new(element, "", faults);

    public void Ignore(string key) => _known.Add(key);

    public JobFileObject Object(string key) => new(Take(key), At(key), _faults);

    /// <summary>A missing mapping is a fault; a plain text stands for the mapping's one key <paramref name="shortFor"/>.</summary>
    public JobFileObject ObjectOrShort(string key, string shortFor)
    {
        var value = Take(key);
        if (value is null) Fault(key, "This is required.");
        if (value is not { ValueKind: JsonValueKind.String } text) return new(value, At(key), _faults) { IsAbsent = value is null };
        var made = new JobFileObject(null, At(key), _faults);
        made._values[shortFor] = text;
        return made;
    }

    /// <summary>Set where its absence was reported already, so that its required keys are not reported too.</summary>
    private bool IsAbsent { get; init; }

    /// <param name="key">The key.</param>
    /// <param name="fallback">Null makes the key required.</param>
    public string? Name(string key, string? fallback = null)
    {
        if (Take(key) is not { } value) return fallback ?? Missing(key);
        if (value.ValueKind == JsonValueKind.String && ResourceName.IsValid(value.GetString())) return value.GetString();
        return Fault(key, "This must be a name: 1 to 60 characters of a-z, 0-9 and '-', beginning and ending with a letter or digit.");
    }

    /// <param name="key">The key.</param>
    /// <param name="choices">What it may say.</param>
    /// <param name="fallback">Null makes the key required.</param>
    /// <returns>Empty after a fault.</returns>
    public string Choice(string key, IEnumerable<string> choices, string? fallback)
    {
        if (Take(key) is not { } value) return fallback ?? Missing(key) ?? "";
        if (value.ValueKind == JsonValueKind.String && choices.Contains(value.GetString())) return value.GetString()!;
        var near = value.ValueKind == JsonValueKind.String ? NearestWord.Of(value.GetString()!, choices) : null;
        Fault(key, $"This must be one of {string.Join(", ", choices)}.{(near is null ? "" : $" Did you mean {near}?")}");
        return "";
    }

    public int Integer(string key, int min, int max, int fallback) => OptionalInteger(key, min, max) ?? fallback;

    public int? OptionalInteger(string key, int min, int max)
    {
        if (Take(key) is not { } value) return null;
        // 10.0 is an integer in JSON Schema's eyes too.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number) && number >= min && number <= max)
            return (int)number;
        Fault(key, $"This must be a whole number from {min} to {max}.");
        return null;
    }

    public double Number(string key, double min, double max, double fallback) => OptionalNumber(key, min, max) ?? fallback;

    public double? OptionalNumber(string key, double min, double max)
    {
        if (Take(key) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max) return number;
        Fault(key, $"This must be a number from {min} to {max}.");
        return null;
    }

    public IReadOnlyList<int> Widths(string key, int minCount, int maxCount, int max, IReadOnlyList<int> fallback)
    {
        if (Take(key) is not { } value) return fallback;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= minCount && value.GetArrayLength() <= maxCount)
        {
            var widths = value.EnumerateArray().Select(width =>
                width.ValueKind == JsonValueKind.Number && width.TryGetDouble(out var number) && double.IsInteger(number) && number >= 1 && number <= max ? (int)number : 0).ToList();
            if (!widths.Contains(0)) return widths;
        }
        Fault(key, $"This must be a list of {minCount} to {maxCount} whole numbers from 1 to {max}.");
        return fallback;
    }

    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max, TimeSpan fallback)
    {
        if (Take(key) is not { } value) return fallback;
        if (value.ValueKind == JsonValueKind.String && JobDuration.TryParse(value.GetString()!, out var duration) && duration >= min && duration <= max) return duration;
        Fault(key, $"This must be a duration such as 30m, 1h30m or PT1H, from {JobDuration.Text(min)} to {JobDuration.Text(max)}.");
        return fallback;
    }

    public string? OptionalText(string key, int maxLength)
    {
        if (Take(key) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= maxLength) return value.GetString();
        return Fault(key, $"This must be a text of at most {maxLength} characters.");
    }

    public IReadOnlyDictionary<string, string> Texts(string key, int maxCount, int maxKeyLength, int maxLength)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Take(key) is not { } value) return texts;
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() > maxCount)
        {
            Fault(key, $"This must be a mapping of at most {maxCount} keys to texts.");
            return texts;
        }
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name.Length is > 0 && property.Name.Length <= maxKeyLength
                && property.Value.ValueKind == JsonValueKind.String && property.Value.GetString()!.Length <= maxLength)
                texts[property.Name] = property.Value.GetString()!;
            else
                _faults.Add(new($"{At(key)}/{Escape(property.Name)}", $"A tag is a text of at most {maxLength} characters under a key of 1 to {maxKeyLength}. Put numbers and yes/no in quotes."));
        }
        return texts;
    }

    public void RefuseUnknown(string what = "A job")
    {
        foreach (var key in _values.Keys.Where(key => !_known.Contains(key)))
        {
            var near = NearestWord.Of(key, _known);
            Fault(key, near is null
                ? $"{what} has no such key. There are {string.Join(", ", _known)}."
                : $"{what} has no such key. Did you mean '{near}'?");
        }
    }

    private JsonElement? Take(string key)
    {
        _known.Add(key);
        return _values.TryGetValue(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? Missing(string key) => IsAbsent ? null : Fault(key, "This is required.");

    private string? Fault(string key, string detail)
    {
        _faults.Add(new(At(key), detail));
        return null;
    }

    private string At(string key) => $"{_pointer}/{Escape(key)}";

    // RFC 6901; and a key is quoted back at no greater length than anybody needs to find it.
    private static string Escape(string key) =>
        (key.Length <= 64 ? key : key[..64]).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
