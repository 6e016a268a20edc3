using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Jobs;

public sealed class GetJob(JobStore jobs)
{
    [Function(nameof(GetJob))]
    [ApiOperation("Jobs", "Show a job: its status, progress, and the model version it made", Returns = typeof(StatusMonitor), Problems = [nameof(ProblemCodes.JobNotFound)],
        Description = "Retry-After says when to ask again, until the job is over. Location leads to the model's card once there is one.",
        Parameters = ["header:If-None-Match=The ETag of an earlier answer: 304 when nothing changed."])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        LongRunning.Status(request, await jobs.GetAsync(id, cancellationToken));
}
