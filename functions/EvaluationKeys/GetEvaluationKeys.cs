using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.EvaluationKeys;

public sealed class GetEvaluationKeys(EvaluationKeyStore store)
{
    [Function(nameof(GetEvaluationKeys))]
    [ApiOperation("Evaluation keys", "Show one set", Description = "While it is being received: which bytes have come. Afterwards: its parameters and the rotations it has keys for.",
        Returns = typeof(EvaluationKeySet), Problems = [nameof(ProblemCodes.EvaluationKeysNotFound)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "evaluation-keys/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        new JsonAnswer<EvaluationKeySet>(await store.GetAsync(Caller.IdOf(request), id, cancellationToken), ApiJson.Default.EvaluationKeySet);
}
