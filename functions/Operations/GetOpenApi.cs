using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace AIaaS.Functions.Operations;

public sealed class GetOpenApi
{
    // Made once: it depends on nothing but the code.
    private static readonly Lazy<Task<string>> Document = new(() =>
        OpenApiBuilder.Build(typeof(GetOpenApi).Assembly).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));

    [Function(nameof(GetOpenApi))]
    [ApiOperation("Service", "This API as an OpenAPI 3.1 document", ReturnsContentType = "application/json")]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        new TextAnswer(await Document.Value, "application/json; charset=utf-8");
}
