using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Keys;

public sealed class EnableKey(VaultKeys keys)
{
    [Function(nameof(EnableKey))]
    [ApiOperation("Keys", "Enable a key", Description = "Undoes a disable.",
        Returns = typeof(VaultKeyInfo), Problems = [nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyForbidden), nameof(ProblemCodes.KeyUnavailable)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "keys/{keyName}/enable")] HttpRequest request,
        string keyName,
        CancellationToken cancellationToken)
    {
        var scope = KeyNames.Parse(keyName);
        await keys.EnableAsync(scope, cancellationToken);
        return new JsonAnswer<VaultKeyInfo>(await keys.GetAsync(scope, cancellationToken), ApiJson.Default.VaultKeyInfo);
    }
}
