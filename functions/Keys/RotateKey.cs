using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Keys;

public sealed class RotateKey(VaultKeys keys)
{
    [Function(nameof(RotateKey))]
    [ApiOperation("Keys", "Rotate a key", Description = "Makes a new version and wraps the content key with it. Data is not rewritten and stays readable.",
        Returns = typeof(VaultKeyInfo), Problems = [nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyForbidden), nameof(ProblemCodes.KeyUnavailable)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "keys/{keyName}/rotate")] HttpRequest request,
        string keyName,
        CancellationToken cancellationToken)
    {
        var scope = KeyNames.Parse(keyName);
        return new JsonAnswer<VaultKeyInfo>(await keys.RotateAsync(scope, cancellationToken), ApiJson.Default.VaultKeyInfo);
    }
}
