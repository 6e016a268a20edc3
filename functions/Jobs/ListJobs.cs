using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Jobs;

public sealed class ListJobs(JobStore jobs)
{
    /// <summary>Answers stay small whatever has gathered over the years.</summary>
    private const int Limit = 1_000;

    [Function(nameof(ListJobs))]
    [ApiOperation("Jobs", "List jobs, the newest first", Description = "At most 1,000.", Returns = typeof(ListAnswer<JobRecord>))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken) =>
        new JsonAnswer<ListAnswer<JobRecord>>(
            new ListAnswer<JobRecord>(await jobs.ListAsync(cancellationToken).Take(Limit).ToListAsync(cancellationToken)), ApiJson.Default.ListAnswerJobRecord);
}
