using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class DeleteModel(ModelRegistry registry, ServedModels models)
{
    [Function(nameof(DeleteModel))]
    [ApiOperation("Models", "Delete a model for good", Status = StatusCodes.Status204NoContent, Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.PreconditionFailed)],
        Description = "All versions, and its key: no copy of it can be read from then on.",
        Parameters = [Precondition.Parameter])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "models/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        await registry.DeleteAsync(name, cancellationToken, Precondition.OfModel(request));
        models.Drop(name);
        return new NoContentResult();
    }
}
