using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

public sealed class HealthReady(Readiness readiness)
{
    [Function(nameof(HealthReady))]
    [ApiOperation("Service", "Whether everything the service needs can be reached", Returns = typeof(ReadinessReport),
        Description = "200 when ready, 503 when not; the body says which check failed.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await readiness.CheckAsync(cancellationToken);
        return new JsonAnswer<ReadinessReport>(report, ApiJson.Default.ReadinessReport,
            report.Status == ReadinessReport.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
