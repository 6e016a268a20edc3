using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class RollBackModelAlias(ModelRegistry registry, ServedModels models)
{
    [Function(nameof(RollBackModelAlias))]
    [ApiOperation("Models", "Let an alias name what it named before", Returns = typeof(ModelRecord),
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.PreconditionFailed), nameof(ProblemCodes.Conflict)],
        Parameters = [Precondition.Parameter])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "models/{name}/aliases/{alias}/rollback")] HttpRequest request,
        string name,
        string alias,
        CancellationToken cancellationToken)
    {
        var record = await registry.RollbackAsync(name, alias, cancellationToken, Precondition.OfModel(request));
        models.Refresh(name);
        return new JsonAnswer<ModelRecord>(record, ApiJson.Default.ModelRecord) { ETag = EntityTag.Of(record) };
    }
}
