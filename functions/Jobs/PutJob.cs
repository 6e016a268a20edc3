using System.Diagnostics;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Jobs;

public sealed class PutJob(JobSubmission submission)
{
    [Function(nameof(PutJob))]
    [ApiOperation("Jobs", "Submit a training job",
        Description = "The body is a job file in YAML or JSON. It is checked against the dataset at once. Putting the same job again gives the job there is.",
        BodyContentType = "application/yaml, application/json", Returns = typeof(StatusMonitor), Status = StatusCodes.Status202Accepted,
        Problems = [nameof(ProblemCodes.JobInvalid), nameof(ProblemCodes.DatasetNotFound), nameof(ProblemCodes.DatasetNotReady), nameof(ProblemCodes.Conflict), nameof(ProblemCodes.PayloadTooLarge),
            nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyUnavailable), nameof(ProblemCodes.QueueUnavailable)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, JobFile.MaxBytes, cancellationToken);
        var job = await submission.SubmitAsync(id, JobFile.Parse(body), Activity.Current?.Id, cancellationToken);
        return LongRunning.Accepted(request, job);
    }
}
