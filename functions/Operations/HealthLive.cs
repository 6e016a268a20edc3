using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

public sealed record Liveness(string Status);

public sealed class HealthLive
{
    [Function(nameof(HealthLive))]
    [ApiOperation("Service", "Whether the process runs", Returns = typeof(Liveness))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        new JsonAnswer<Liveness>(new Liveness("live"), ApiJson.Default.Liveness);
}
