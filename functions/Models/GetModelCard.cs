using System.Text;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class GetModelCard(ModelCards cards)
{
    [Function(nameof(GetModelCard))]
    [ApiOperation("Models", "Show a version's model card", ReturnsContentType = "application/json",
        Description = "Where the version comes from, how it was trained and evaluated, what it takes and gives. {version} is a number or an alias.",
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.ModelVersionNotFound), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyUnavailable), nameof(ProblemCodes.IntegrityFailed)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models/{name}/versions/{version}/card")] HttpRequest request,
        string name,
        string version,
        CancellationToken cancellationToken) =>
        new TextAnswer(Encoding.UTF8.GetString(await cards.ReadAsync(name, version, cancellationToken)), "application/json; charset=utf-8");
}
