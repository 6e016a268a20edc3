using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.EvaluationKeys;

public sealed class DeleteEvaluationKeys(EvaluationKeyStore store)
{
    [Function(nameof(DeleteEvaluationKeys))]
    [ApiOperation("Evaluation keys", "Delete one set", Status = StatusCodes.Status204NoContent, Problems = [nameof(ProblemCodes.EvaluationKeysNotFound)],
        Description = "Also one that is still being received. Instances that have it in memory use it for a minute at most.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "evaluation-keys/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        await store.DeleteAsync(Caller.IdOf(request), id, cancellationToken);
        return new NoContentResult();
    }
}
