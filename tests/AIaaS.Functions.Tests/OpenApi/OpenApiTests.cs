using System.Text.Json;
using AIaaS.Functions.OpenApi;
using AIaaS.Functions.Operations;
using Microsoft.OpenApi;

namespace AIaaS.Functions.Tests.OpenApi;

public sealed class OpenApiTests
{
    private static readonly HttpFunction[] Functions = [.. HttpFunction.Find(typeof(GetOpenApi).Assembly)];

    [Fact]
    public async Task Document_EveryHttpFunction_IsInItAndNothingElse()
    {
        using var document = JsonDocument.Parse(await TextAsync());

        var described = from path in document.RootElement.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name} {path.Name}";

        described.ShouldBe(Functions.SelectMany(function => function.Methods.Select(method => $"{method} {function.Route}")), ignoreOrder: true);
    }

    [Fact]
    public async Task Document_Read_HasNoFault()
    {
        var result = OpenApiDocument.Parse(await TextAsync(), "json");
        result.Diagnostic!.Errors.ShouldBeEmpty();
        result.Document!.Paths.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Document_Operations_SayWhichNeedAKey()
    {
        using var document = JsonDocument.Parse(await TextAsync());
        foreach (var function in Functions)
        {
            var security = document.RootElement.GetProperty("paths").GetProperty(function.Route).GetProperty(function.Methods[0]).GetProperty("security");
            (security.GetArrayLength() > 0).ShouldBe(function.Authorization != Microsoft.Azure.Functions.Worker.AuthorizationLevel.Anonymous, function.Name);
        }
    }

    [Fact]
    public void Operations_Tags_AreSectionsOfTheDocument() =>
        Functions.Select(function => function.Operation!.Tag).Distinct().ShouldBeSubsetOf(ApiTags.All.Select(tag => tag.Name));

    [Fact]
    public async Task Document_Records_AreComponentsWithTheirFields()
    {
        using var document = JsonDocument.Parse(await TextAsync());
        var dataset = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("DatasetRecord").GetProperty("properties");
        dataset.EnumerateObject().Select(property => property.Name).ShouldContain("digest");
        dataset.GetProperty("status").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).ShouldContain("Ready");
    }

    [Fact]
    public async Task Document_References_AllLeadSomewhere()
    {
        using var document = JsonDocument.Parse(await TextAsync());
        var broken = References(document.RootElement).Where(pointer => !Exists(document.RootElement, pointer));
        broken.ShouldBeEmpty();
    }

    private static Task<string> TextAsync() => OpenApiBuilder.Build(typeof(GetOpenApi).Assembly).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Exists(JsonElement root, string pointer)
    {
        foreach (var part in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(part, out root)) return false;
        return true;
    }
}
