using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

/// <summary>Where asynchronous inference stands.</summary>
/// <param name="Id">The operation.</param>
/// <param name="Status">Final are Succeeded, Failed and Canceled.</param>
/// <param name="Error">When failed.</param>
/// <param name="Result">When succeeded: where the answer is.</param>
public sealed record OperationMonitor(string Id, OperationStatus Status, OperationError? Error, OperationResult? Result);

/// <param name="Location">Absolute URL of the answer, or the path of a batch's predictions in the container results.</param>
public sealed record OperationResult(string Location);

public sealed class GetOperation(OperationStore operations)
{
    [Function(nameof(GetOperation))]
    [ApiOperation("Operations", "Show an asynchronous inference", Returns = typeof(OperationMonitor), Problems = [nameof(ProblemCodes.OperationNotFound)],
        Description = "Retry-After says when to ask again, until it is over. Kept for a day after that.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var operation = (await operations.GetAsync(id, cancellationToken))?.Record
            ?? throw new PipelineException(ProblemCodes.OperationNotFound, $"There is no operation '{id}'. Operations are kept for a day after they ended.");
        var headers = request.HttpContext.Response.Headers;
        if (!operation.IsFinal) headers.RetryAfter = LongRunning.RetryAfterSeconds.ToString();
        OperationResult? result = null;
        if (operation.Status == OperationStatus.Succeeded)
        {
            result = new OperationResult(operation.ResultBlob ?? LongRunning.Absolute(request, $"/operations/{operation.Id}/result"));
            if (operation.ResultBlob is null) headers.Location = result.Location;
        }
        return new JsonAnswer<OperationMonitor>(new OperationMonitor(operation.Id, operation.Status, operation.Error, result), ApiJson.Default.OperationMonitor);
    }
}
