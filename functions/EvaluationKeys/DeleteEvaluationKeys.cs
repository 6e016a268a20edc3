using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.EvaluationKeys;

public sealed class DeleteEvaluationKeys(EvaluationKeyStore store, EvaluationKeyCache cache)
{
    [Function(nameof(DeleteEvaluationKeys))]
    [ApiOperation("Evaluation keys", "Delete one set", Status = StatusCodes.Status204NoContent, Problems = [nameof(ProblemCodes.EvaluationKeysNotFound)],
        Description = "Also one that is still being received. Other instances that have it in memory use it for a minute at most.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "evaluation-keys/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var caller = Caller.IdOf(request);
        await store.DeleteAsync(caller, id, cancellationToken);
        cache.Forget(caller, id);
        return new NoContentResult();
    }
}
