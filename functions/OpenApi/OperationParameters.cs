using Microsoft.OpenApi;

namespace AIaaS.Functions.OpenApi;

/// <summary>Parameters of an operation: those of its route, those its attribute names.</summary>
public static class OperationParameters
{
    public static IEnumerable<IOpenApiParameter> Of(HttpFunction function) =>
        function.RouteParameters.Select(FromRoute).Concat((function.Operation?.Parameters ?? []).Select(Declared));

    private static IOpenApiParameter FromRoute(string name) => new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    // "query:limit=At most so many."
    private static IOpenApiParameter Declared(string text)
    {
        var place = text[..text.IndexOf(':', StringComparison.Ordinal)];
        var rest = text[(place.Length + 1)..];
        var name = rest[..rest.IndexOf('=', StringComparison.Ordinal)];
        return new OpenApiParameter
        {
            Name = name,
            In = place == "header" ? ParameterLocation.Header : ParameterLocation.Query,
            Description = rest[(name.Length + 1)..],
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
