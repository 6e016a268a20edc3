using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

public sealed class GetOperationResult(OperationResults results)
{
    [Function(nameof(GetOperationResult))]
    [ApiOperation("Operations", "The answer of an asynchronous inference",
        Description = "What the request would have been answered at once: JSON, or JSON and binary tensors with Inference-Header-Content-Length. Of a batch: its predictions, one JSON object a line.",
        ReturnsContentType = "application/json, application/octet-stream, application/jsonl",
        Problems = [nameof(ProblemCodes.OperationNotFound), nameof(ProblemCodes.OperationFailed), nameof(ProblemCodes.Conflict),
            nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyUnavailable), nameof(ProblemCodes.IntegrityFailed)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/{id}/result")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var answer = await results.OpenAsync(id, cancellationToken);
        if (answer.JsonLength is { } length) request.HttpContext.Response.Headers[RequestBody.JsonLengthHeader] = length.ToString();
        return new FileStreamResult(answer.Body, answer.ContentType);
    }
}
