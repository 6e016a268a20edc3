using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Jobs;

public sealed class CancelJob(JobStore jobs)
{
    [Function(nameof(CancelJob))]
    [ApiOperation("Jobs", "Cancel a job", Description = "A running job stops within seconds and keeps nothing it made. Cancelling twice is fine.",
        Returns = typeof(StatusMonitor), Status = StatusCodes.Status202Accepted, Problems = [nameof(ProblemCodes.JobNotFound), nameof(ProblemCodes.Conflict), nameof(ProblemCodes.PreconditionFailed)],
        Parameters = [Precondition.Parameter])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        LongRunning.Accepted(request, await jobs.RequestCancelAsync(id, cancellationToken, Precondition.OfJob(request)));
}
