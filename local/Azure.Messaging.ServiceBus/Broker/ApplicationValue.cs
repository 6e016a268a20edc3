using System.Globalization;

namespace Azure.Messaging.ServiceBus;

/// <summary>An application property with its type, so that an int comes back as an int.</summary>
internal sealed record ApplicationValue(string Type, string? Value)
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <exception cref="ArgumentException">Service Bus carries no values of that type.</exception>
    public static ApplicationValue From(string name, object? value) => value switch
    {
        null => new("null", null),
        string text => new("string", text),
        bool flag => new("bool", flag ? "true" : "false"),
        char letter => new("char", letter.ToString()),
        byte number => new("byte", number.ToString(s_invariant)),
        sbyte number => new("sbyte", number.ToString(s_invariant)),
        short number => new("short", number.ToString(s_invariant)),
        ushort number => new("ushort", number.ToString(s_invariant)),
        int number => new("int", number.ToString(s_invariant)),
        uint number => new("uint", number.ToString(s_invariant)),
        long number => new("long", number.ToString(s_invariant)),
        ulong number => new("ulong", number.ToString(s_invariant)),
        float number => new("float", number.ToString("R", s_invariant)),
        double number => new("double", number.ToString("R", s_invariant)),
        decimal number => new("decimal", number.ToString(s_invariant)),
        Guid id => new("guid", id.ToString("D")),
        DateTime moment => new("datetime", moment.ToString("O", s_invariant)),
        DateTimeOffset moment => new("datetimeoffset", moment.ToString("O", s_invariant)),
        TimeSpan duration => new("timespan", duration.ToString("c", s_invariant)),
        Uri uri => new("uri", uri.OriginalString),
        byte[] bytes => new("bytes", Convert.ToBase64String(bytes)),
        _ => throw new ArgumentException($"The application property '{name}' is a {value.GetType()}; Service Bus carries numbers, text, bool, Guid, times, Uri and byte[].", nameof(value)),
    };

    /// <exception cref="FormatException">The text is damaged.</exception>
    public object? ToObject() => (Type, Value) switch
    {
        ("null", _) => null,
        (_, null) => throw new FormatException($"An application property of type '{Type}' has no value."),
        ("string", var text) => text,
        ("bool", var text) => bool.Parse(text),
        ("char", var text) => char.Parse(text),
        ("byte", var text) => byte.Parse(text, s_invariant),
        ("sbyte", var text) => sbyte.Parse(text, s_invariant),
        ("short", var text) => short.Parse(text, s_invariant),
        ("ushort", var text) => ushort.Parse(text, s_invariant),
        ("int", var text) => int.Parse(text, s_invariant),
        ("uint", var text) => uint.Parse(text, s_invariant),
        ("long", var text) => long.Parse(text, s_invariant),
        ("ulong", var text) => ulong.Parse(text, s_invariant),
        ("float", var text) => float.Parse(text, s_invariant),
        ("double", var text) => double.Parse(text, s_invariant),
        ("decimal", var text) => decimal.Parse(text, s_invariant),
        ("guid", var text) => Guid.Parse(text),
        ("datetime", var text) => DateTime.Parse(text, s_invariant, DateTimeStyles.RoundtripKind),
        ("datetimeoffset", var text) => DateTimeOffset.Parse(text, s_invariant, DateTimeStyles.RoundtripKind),
        ("timespan", var text) => TimeSpan.Parse(text, s_invariant),
        ("uri", var text) => new Uri(text, UriKind.RelativeOrAbsolute),
        ("bytes", var text) => Convert.FromBase64String(text),
        _ => throw new FormatException($"'{Type}' is no type of an application property."),
    };
}
