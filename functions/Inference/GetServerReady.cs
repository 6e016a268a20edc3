using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

public sealed class GetServerReady(Readiness readiness)
{
    [Function(nameof(GetServerReady))]
    [ApiOperation("Inference", "Whether the server can answer", Returns = typeof(ServerHealth), Description = "200 when ready, 503 when not; /health/ready says why.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v2/health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        var ready = (await readiness.CheckAsync(cancellationToken)).Status == ReadinessReport.Ready;
        return new JsonAnswer<ServerHealth>(new ServerHealth(Live: true, ready), ApiJson.Default.ServerHealth,
            ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
