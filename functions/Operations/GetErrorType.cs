using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

/// <summary>What the type member of a problem document points to.</summary>
public sealed class GetErrorType
{
    [Function(nameof(GetErrorType))]
    [ApiOperation("Service", "What an error code means", Returns = typeof(ProblemCode), Problems = [nameof(ProblemCodes.InvalidRequest)])]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "errors/{code}")] HttpRequest request, string code) =>
        ProblemCodes.All.TryGetValue(code, out var problem)
            ? new JsonAnswer<ProblemCode>(problem, ApiJson.Default.ProblemCode)
            : throw new PipelineException(ProblemCodes.InvalidRequest, "There is no such error code; docs/errors.md lists them all.");
}
