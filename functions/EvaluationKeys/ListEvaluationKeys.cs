using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.EvaluationKeys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.EvaluationKeys;

public sealed class ListEvaluationKeys(EvaluationKeyStore store)
{
    [Function(nameof(ListEvaluationKeys))]
    [ApiOperation("Evaluation keys", "List the caller's sets, by id", Returns = typeof(ListAnswer<EvaluationKeySet>))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "evaluation-keys")] HttpRequest request, CancellationToken cancellationToken) =>
        new JsonAnswer<ListAnswer<EvaluationKeySet>>(
            new ListAnswer<EvaluationKeySet>(await store.ListAsync(Caller.IdOf(request), cancellationToken)), ApiJson.Default.ListAnswerEvaluationKeySet);
}
