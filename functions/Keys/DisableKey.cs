using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Keys;

public sealed class DisableKey(VaultKeys keys)
{
    [Function(nameof(DisableKey))]
    [ApiOperation("Keys", "Disable a key", Description = "What it protects cannot be read or written until it is enabled again; copies of the content key in memory expire within a minute.",
        Returns = typeof(VaultKeyInfo), Problems = [nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyForbidden), nameof(ProblemCodes.KeyUnavailable)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "keys/{keyName}/disable")] HttpRequest request,
        string keyName,
        CancellationToken cancellationToken)
    {
        var scope = KeyNames.Parse(keyName);
        await keys.DisableAsync(scope, cancellationToken);
        return new JsonAnswer<VaultKeyInfo>(await keys.GetAsync(scope, cancellationToken), ApiJson.Default.VaultKeyInfo);
    }
}
