using System.Text.Json.Nodes;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using NJsonSchema;

namespace AIaaS.Pipeline.Tests.Jobs;

/// <summary>models/job.schema.json and the parser are the same: keys, choices, ranges and defaults, tried from both sides.</summary>
public sealed class JobSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(ProjectRoot.Path, "models", "job.schema.json")))!.AsObject();

    /// <summary>Every mapping of the job file: where it is described, and where it stands.</summary>
    public static TheoryData<string, string> Mappings => new()
    {
        { "", "" },
        { "definitions/linear", "family" },
        { "definitions/mlp", "family" },
        { "definitions/cnn", "family" },
        { "definitions/training", "training" },
        { "definitions/limits", "limits" },
        { "definitions/privacy", "privacy" },
    };

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Parser_KnowsExactlyTheSchemasKeys(string definition, string place)
    {
        var fault = Should.Throw<PipelineException>(() => Parse(With(definition, place, "zzzzzzzzzzzzzzzzzzzz", 1))).Items.Single();
        fault.Pointer.ShouldBe(place.Length == 0 ? "/zzzzzzzzzzzzzzzzzzzz" : $"/{place}/zzzzzzzzzzzzzzzzzzzz");
        var known = fault.Detail[(fault.Detail.IndexOf("There are ", StringComparison.Ordinal) + 10)..].TrimEnd('.').Split(", ");
        known.ShouldBe(Properties(definition).Select(property => property.Key), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Parser_FillsTheSchemasDefaults(string definition, string place)
    {
        var filled = JsonNode.Parse(JobFile.ToJson(Parse(Base(definition))))!.AsObject();
        // A job without privacy has no such mapping at all.
        var mapping = place.Length == 0 ? filled : filled[place]?.AsObject() ?? new JsonObject { ["inference"] = "none", ["reference"] = "relu" };
        (filled[place] is null && place.Length > 0).ShouldBe(place == "privacy");
        foreach (var (key, property) in Properties(definition))
        {
            if (!property!.AsObject().TryGetPropertyValue("default", out var value)) continue;
            JsonNode.DeepEquals(mapping[key], value).ShouldBeTrue($"{place}/{key} is {mapping[key]?.ToJsonString()}, the schema says {value?.ToJsonString()}");
        }
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Parser_TakesTheSchemasChoicesAndRangesAndNothingElse(string definition, string place)
    {
        foreach (var (key, node) in Properties(definition))
        {
            var property = node!.AsObject();
            if (property["enum"] is JsonArray choices && key is not "name" and not "type")
            {
                foreach (var choice in choices) Accepted(definition, place, key, choice?.DeepClone());
                Refused(definition, place, key, "something-else");
            }
            if (property["minimum"] is { } min) CheckBound(definition, place, key, property, min, -1);
            if (property["maximum"] is { } max) CheckBound(definition, place, key, property, max, +1);
            if (property["items"] is JsonObject items) CheckList(definition, place, key, property, items);
        }
    }

    [Fact]
    public async Task Schema_TakesEveryRecipeAsTheParserReadsIt()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema.ToJsonString());
        foreach (var recipe in Directory.GetFiles(Path.Combine(ProjectRoot.Path, "models", "recipes"), "*.yaml"))
        {
            var json = System.Text.Encoding.UTF8.GetString(JobFile.ToJson(JobFile.Parse(await File.ReadAllBytesAsync(recipe))));
            schema.Validate(json).ShouldBeEmpty(recipe);
        }
    }

    [Theory]
    [InlineData("""{"dataset":"a","task":"regression","family":"linear"}""", true)]
    [InlineData("""{"dataset":"a","task":"regression","family":{"name":"mlp","hidden":null}}""", true)]
    [InlineData("""{"dataset":"a","task":"regression","family":{"name":"mlp","hidden":[]}}""", false)]
    [InlineData("""{"dataset":"a","task":"regression","family":{"name":"cnn","hidden":[]}}""", true)]
    [InlineData("""{"dataset":"a","task":"regression","family":{"name":"linear","dropout":0}}""", false)]
    [InlineData("""{"dataset":"a","task":"regression"}""", false)]
    [InlineData("""{"dataset":"A","task":"regression","family":"mlp"}""", false)]
    [InlineData("""{"dataset":"a","task":"regression","family":"mlp","limits":{"timeout":"1h"}}""", true)]
    [InlineData("""{"dataset":"a","task":"regression","family":"mlp","limits":{"timeout":""}}""", false)]
    [InlineData("""{"dataset":"a","task":"regression","family":"mlp","tags":{"team":"x"}}""", true)]
    [InlineData("""{"dataset":"a","task":"regression","family":"mlp","tags":{"team":1}}""", false)]
    [InlineData("""{"dataset":"a","task":"regression","family":"mlp","training":{"seed":2147483648}}""", false)]
    public async Task SchemaAndParser_OnTheSameFile_Agree(string json, bool valid)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema.ToJsonString());
        (schema.Validate(json).Count == 0).ShouldBe(valid);
        IsAccepted(JsonNode.Parse(json)!).ShouldBe(valid);
    }

    private static void CheckBound(string definition, string place, string key, JsonObject property, JsonNode bound, int outward)
    {
        var value = bound.GetValue<double>();
        var step = property["type"]!.AsArray()[0]!.GetValue<string>() == "integer" ? 1 : Math.Max(Math.Abs(value), 1e-9) * 1e-3;
        Accepted(definition, place, key, value);
        Refused(definition, place, key, value + (outward * step));
    }

    private static void CheckList(string definition, string place, string key, JsonObject property, JsonObject items)
    {
        var (min, max) = (property["minItems"]!.GetValue<int>(), property["maxItems"]!.GetValue<int>());
        // Enough for every list the parser takes, and no convolution block of the default list is in the way.
        Accepted(definition, place, key, List(Math.Max(min, 1), items["maximum"]!.GetValue<int>()));
        Accepted(definition, place, key, List(max, items["minimum"]!.GetValue<int>()));
        Refused(definition, place, key, List(max + 1, 1));
        Refused(definition, place, key, List(1, items["maximum"]!.GetValue<int>() + 1));
        Refused(definition, place, key, List(1, items["minimum"]!.GetValue<int>() - 1));
        if (min > 0) Refused(definition, place, key, List(min - 1, 1));
        else Accepted(definition, place, key, new JsonArray());
    }

    private static JsonArray List(int count, int value) => new([.. Enumerable.Repeat(value, count).Select(item => (JsonNode)item)]);

    private static void Accepted(string definition, string place, string key, JsonNode? value) =>
        IsAccepted(With(definition, place, key, value)).ShouldBeTrue($"{place}/{key}: {value?.ToJsonString()} should be taken");

    private static void Refused(string definition, string place, string key, JsonNode? value) =>
        IsAccepted(With(definition, place, key, value)).ShouldBeFalse($"{place}/{key}: {value?.ToJsonString()} should be refused");

    private static bool IsAccepted(JsonNode file)
    {
        try
        {
            Parse(file);
            return true;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private static TrainingJob Parse(JsonNode file) => JobFile.Parse(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()));

    private static JsonObject Base(string definition) => new()
    {
        ["dataset"] = "digits",
        ["task"] = "classification",
        ["family"] = definition.StartsWith("definitions/", StringComparison.Ordinal) && definition[12..] is var family && family is "linear" or "cnn" ? family : "mlp",
    };

    private static JsonObject With(string definition, string place, string key, JsonNode? value)
    {
        var file = Base(definition);
        var mapping = file;
        if (place == "family") file[place] = mapping = new JsonObject { ["name"] = file["family"]!.GetValue<string>() };
        else if (place.Length > 0) file[place] = mapping = [];
        mapping[key] = value;
        return file;
    }

    private static JsonObject Properties(string definition)
    {
        JsonNode node = Schema;
        foreach (var part in definition.Split('/', StringSplitOptions.RemoveEmptyEntries)) node = node[part]!;
        return node["properties"]!.AsObject();
    }
}
