using System.Reflection;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

public sealed class GetServerMetadata
{
    private static readonly ServerMetadata Metadata = new(
        "aiaas",
        typeof(GetServerMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
        ["binary_tensor_data", "he_ckks"]);

    [Function(nameof(GetServerMetadata))]
    [ApiOperation("Inference", "Show the inference server", Returns = typeof(ServerMetadata))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v2")] HttpRequest request) =>
        new JsonAnswer<ServerMetadata>(Metadata, ApiJson.Default.ServerMetadata);
}
