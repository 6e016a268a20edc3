using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

public sealed class GetServerLive
{
    [Function(nameof(GetServerLive))]
    [ApiOperation("Inference", "Whether the server runs", Returns = typeof(ServerHealth))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v2/health/live")] HttpRequest request) =>
        new JsonAnswer<ServerHealth>(new ServerHealth(Live: true, Ready: true), ApiJson.Default.ServerHealth);
}
