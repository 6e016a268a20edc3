using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AIaaS.Pipeline.Jobs;

/// <summary>One YAML document as JSON, by the YAML 1.2 core schema. Anchors, aliases and tags are refused: a job needs none, and aliases grow without bound.</summary>
internal static partial class YamlTree
{
    /// <exception cref="YamlException">Not YAML, or more of it than is allowed here.</exception>
    public static JsonDocument Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) throw new YamlException("the document is empty.");
        parser.Consume<DocumentStart>();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = JobFileSyntax.MaxDepth }))
        {
            Value(parser, json, depth: 0);
        }
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _)) throw Fault(parser.Current!, "a job file is one document; cut the others off.");
        return JsonDocument.Parse(buffer.WrittenMemory.ToArray());
    }

    private static void Value(Parser parser, Utf8JsonWriter json, int depth)
    {
        if (depth >= JobFileSyntax.MaxDepth) throw Fault(parser.Current!, $"a job file is at most {JobFileSyntax.MaxDepth} levels deep.");
        switch (parser.Consume<ParsingEvent>())
        {
            case Scalar scalar:
                Check(scalar);
                Write(scalar, json);
                break;
            case SequenceStart start:
                Check(start);
                json.WriteStartArray();
                while (!parser.TryConsume<SequenceEnd>(out _)) Value(parser, json, depth + 1);
                json.WriteEndArray();
                break;
            case MappingStart start:
                Check(start);
                Mapping(parser, json, depth);
                break;
            case var other:
                throw Fault(other, "aliases are not allowed in a job file; write the value out.");
        }
    }

    private static void Mapping(Parser parser, Utf8JsonWriter json, int depth)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key)) throw Fault(parser.Current!, "a key must be a plain word.");
            Check(key);
            if (!keys.Add(key.Value)) throw Fault(key, "the same key stands here twice.");
            json.WritePropertyName(key.Value);
            Value(parser, json, depth + 1);
        }
        json.WriteEndObject();
    }

    private static void Check(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) throw Fault(node, "anchors are not allowed in a job file.");
        if (!node.Tag.IsEmpty) throw Fault(node, "tags are not allowed in a job file.");
    }

    private static void Write(Scalar scalar, Utf8JsonWriter json)
    {
        var text = scalar.Value;
        if (scalar.Style is not ScalarStyle.Plain) json.WriteStringValue(text);
        else if (text is "" or "~" or "null" or "Null" or "NULL") json.WriteNullValue();
        else if (text is "true" or "True" or "TRUE") json.WriteBooleanValue(true);
        else if (text is "false" or "False" or "FALSE") json.WriteBooleanValue(false);
        else if (Number().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(text);
    }

    private static YamlException Fault(ParsingEvent at, string why) => new(at.Start, at.End, why);

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
