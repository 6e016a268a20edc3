using System.Text.Json;
using System.Text.Unicode;
using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats.Jsonl;

/// <summary>One parsed line: for each column its kind, number, or place in a shared text buffer.</summary>
internal sealed class JsonRow(IReadOnlyList<string> columns, int maxCellBytes)
{
    /// <summary>Deep enough to see that a value is nested, and no deeper.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 2, CommentHandling = JsonCommentHandling.Disallow };

    private readonly Dictionary<string, int> _columns = columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
    private readonly Value[] _values = new Value[columns.Count];
    private char[] _text = new char[256];
    private int _textLength;

    public Cell this[int column] => _values[column] switch
    {
        { Kind: CellKind.Number } value => Cell.OfNumber(value.Number),
        { Kind: CellKind.Text } value => Cell.OfText(_text.AsSpan(value.Start, value.Length)),
        _ => Cell.Missing,
    };

    /// <summary>The keys of a line; none when it is not valid, which reading it will say.</summary>
    public static List<string> Keys(ReadOnlySpan<byte> line)
    {
        var keys = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) keys.Add(reader.GetString()!);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            keys.Clear();
        }
        return keys;
    }

    /// <returns>What is wrong with the line, or null.</returns>
    public string? Parse(ReadOnlySpan<byte> line)
    {
        Array.Clear(_values);
        _textLength = 0;
        if (!Utf8.IsValid(line)) return "the line is not UTF-8";
        if (line.Contains((byte)0)) return "the line holds NUL bytes";
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "the line is not a JSON object";
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (Set(ref reader) is { } fault) return fault;
            }
            return reader.Read() ? "something follows the JSON object" : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "the line is not valid JSON";
        }
    }

    private string? Set(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        if (!_columns.TryGetValue(name, out var column)) return "the object has a key that the first lines do not have";
        if (_values[column].Kind != CellKind.Missing || _values[column].Seen) return "the object has a key twice";
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                _values[column] = new Value { Seen = true };
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                return SetText(column, reader.TokenType == JsonTokenType.True ? "true" : "false");
            case JsonTokenType.Number:
                _values[column] = new Value { Kind = CellKind.Number, Number = Number(ref reader) };
                return null;
            case JsonTokenType.String:
                return SetText(column, ref reader);
            default:
                return "a value is an object or array; rows must be flat";
        }
    }

    /// <summary>1e999 is valid JSON and no finite number.</summary>
    private static double Number(ref Utf8JsonReader reader) => reader.TryGetDouble(out var number) ? number : double.PositiveInfinity;

    private string? SetText(int column, ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > maxCellBytes) return $"a value is longer than {maxCellBytes} bytes";
        Reserve(reader.ValueSpan.Length);
        var length = reader.CopyString(_text.AsSpan(_textLength));
        if (_text.AsSpan(_textLength, length).Contains('\0')) return "a text holds NUL characters";
        Add(column, length);
        return null;
    }

    private string? SetText(int column, string text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(_textLength));
        Add(column, text.Length);
        return null;
    }

    private void Add(int column, int length)
    {
        _values[column] = new Value { Kind = CellKind.Text, Seen = true, Start = _textLength, Length = length };
        _textLength += length;
    }

    private void Reserve(int length)
    {
        if (_text.Length - _textLength < length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + length));
    }

    private struct Value
    {
        public CellKind Kind;
        public bool Seen;
        public double Number;
        public int Start;
        public int Length;
    }
}
