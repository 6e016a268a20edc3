using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Keys;

public sealed class ListKeys(VaultKeys keys)
{
    [Function(nameof(ListKeys))]
    [ApiOperation("Keys", "List the keys of datasets and models, by name", Returns = typeof(ListAnswer<VaultKeyInfo>),
        Problems = [nameof(ProblemCodes.KeyForbidden), nameof(ProblemCodes.KeyUnavailable)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "keys")] HttpRequest request, CancellationToken cancellationToken) =>
        new JsonAnswer<ListAnswer<VaultKeyInfo>>(new ListAnswer<VaultKeyInfo>(await keys.ListAsync(cancellationToken)), ApiJson.Default.ListAnswerVaultKeyInfo);
}
