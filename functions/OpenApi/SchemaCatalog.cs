using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace AIaaS.Functions.OpenApi;

/// <summary>JSON schemas of the records that bodies are made of, as components of the document.</summary>
public sealed class SchemaCatalog(OpenApiDocument document)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonSchemaExporterOptions ExporterOptions = new() { TreatNullObliviousAsNonNullable = true };

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public IOpenApiSchema Reference(Type type)
    {
        var name = NameOf(type);
        if (_known.Add(name)) document.AddComponent(name, Make(type));
        return new OpenApiSchemaReference(name, document);
    }

    private OpenApiSchema Make(Type type)
    {
        var json = Options.GetJsonSchemaAsNode(type, ExporterOptions);
        // The exporter points to repeated types by a path from the schema's root, which is no root here.
        if (json is JsonObject root) Inline(root, root, depth: 0);
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(json.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json")
            ?? throw new InvalidOperationException($"{type.Name} has no schema.");
        return diagnostic.Errors.Count == 0
            ? schema
            : throw new InvalidOperationException($"The schema of {type.Name} is not valid: {string.Join("; ", diagnostic.Errors.Select(error => error.Message))}");
    }

    private static void Inline(JsonNode node, JsonObject root, int depth)
    {
        if (depth > 32) throw new InvalidOperationException("A schema refers to itself.");
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array.OfType<JsonNode>().ToArray()) Inline(item, root, depth + 1);
                break;
            case JsonObject thing when (string?)thing["$ref"] is { } pointer:
                var target = Resolve(root, pointer);
                thing.Remove("$ref");
                foreach (var (key, value) in target)
                    if (!thing.ContainsKey(key)) thing[key] = value?.DeepClone();
                Inline(thing, root, depth + 1);
                break;
            case JsonObject thing:
                foreach (var (_, value) in thing.ToArray())
                    if (value is not null) Inline(value, root, depth + 1);
                break;
        }
    }

    private static JsonObject Resolve(JsonObject root, string pointer)
    {
        JsonNode at = root;
        foreach (var part in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = (at is JsonArray array ? array[int.Parse(part)] : at[part]) ?? throw new InvalidOperationException($"The schema has no {pointer}.");
        return (JsonObject)at;
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? string.Join("Of", type.Name.Split('`')[0], string.Concat(type.GetGenericArguments().Select(NameOf)))
        : type.Name;
}
