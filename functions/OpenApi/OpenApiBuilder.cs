using System.Reflection;
using AIaaS.Functions.Http;
using AIaaS.Functions.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace AIaaS.Functions.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the functions themselves: route and method from the trigger, the rest from <see cref="ApiOperationAttribute"/>.</summary>
public sealed class OpenApiBuilder
{
    private const string KeyHeader = "functionKey";
    private const string KeyQuery = "functionCode";

    private readonly OpenApiDocument _document = new()
    {
        Info = new OpenApiInfo
        {
            Title = "AIaaS",
            Version = ApiVersion.Current,
            Description = "Drop a dataset, train it into a model, serve it. Inference speaks the Open Inference Protocol V2; "
                + "everything else answers JSON in camelCase and errors as problem details (RFC 9457).",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        },
        Servers = [new OpenApiServer { Url = "/" }],
        Paths = [],
        Tags = new HashSet<OpenApiTag>(ApiTags.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })),
    };

    private readonly SchemaCatalog _schemas;

    private OpenApiBuilder()
    {
        _schemas = new SchemaCatalog(_document);
        AddSecurity();
    }

    public static OpenApiDocument Build(Assembly assembly)
    {
        var builder = new OpenApiBuilder();
        foreach (var function in HttpFunction.Find(assembly))
            builder.Add(function);
        return builder._document;
    }

    private void Add(HttpFunction function)
    {
        if (!_document.Paths.TryGetValue(function.Route, out var path))
            _document.Paths[function.Route] = path = new OpenApiPathItem();
        foreach (var method in function.Methods)
            ((OpenApiPathItem)path).AddOperation(HttpMethod.Parse(method), Operation(function, method));
    }

    private OpenApiOperation Operation(HttpFunction function, string method)
    {
        var described = function.Operation ?? throw new InvalidOperationException($"{function.Name} lacks [ApiOperation].");
        return new OpenApiOperation
        {
            OperationId = function.Methods.Count == 1 ? function.Name : $"{function.Name}_{method}",
            Summary = described.Summary,
            Description = described.Description,
            Tags = new HashSet<OpenApiTagReference> { new(described.Tag, _document) },
            Parameters = [.. OperationParameters.Of(function)],
            RequestBody = Body(described),
            Responses = Responses(function, described),
            Security = function.Authorization == AuthorizationLevel.Anonymous ? [] : Keys(),
        };
    }

    private OpenApiRequestBody? Body(ApiOperationAttribute described) => Content(described.Body, described.BodyContentType) is { } content
        ? new OpenApiRequestBody { Required = true, Content = content }
        : null;

    private OpenApiResponses Responses(HttpFunction function, ApiOperationAttribute described)
    {
        var responses = new OpenApiResponses
        {
            [described.Status.ToString()] = new OpenApiResponse { Description = "Success", Content = Content(described.Returns, described.ReturnsContentType) },
        };
        var isV2 = function.Route.StartsWith("/v2", StringComparison.Ordinal);
        foreach (var group in OperationProblems.Of(function).GroupBy(code => code.Status).OrderBy(group => group.Key))
        {
            responses[group.Key.ToString()] = new OpenApiResponse
            {
                Description = string.Join(", ", group.Select(code => code.Code)),
                Content = Content(isV2 ? typeof(V2Error) : typeof(ProblemDocument), isV2 ? null : ProblemDocument.ContentType),
            };
        }
        return responses;
    }

    private Dictionary<string, OpenApiMediaType>? Content(Type? type, string? contentTypes)
    {
        if (type is null && contentTypes is null) return null;
        return (contentTypes ?? "application/json").Split(',', StringSplitOptions.TrimEntries).ToDictionary(
            contentType => contentType,
            contentType => new OpenApiMediaType
            {
                Schema = type is not null && contentType.Contains("json", StringComparison.Ordinal) ? _schemas.Reference(type) : null,
            },
            StringComparer.Ordinal);
    }

    private void AddSecurity()
    {
        _document.AddComponent(KeyHeader, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "x-functions-key",
            Description = "The function key, made at first start.",
        });
        _document.AddComponent(KeyQuery, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "code",
            Description = "The same key where no header can be set.",
        });
    }

    private List<OpenApiSecurityRequirement> Keys() =>
    [
        new() { [new OpenApiSecuritySchemeReference(KeyHeader, _document)] = [] },
        new() { [new OpenApiSecuritySchemeReference(KeyQuery, _document)] = [] },
    ];
}
