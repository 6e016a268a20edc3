using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class DeleteModelVersion(ModelRegistry registry, ServedModels models)
{
    [Function(nameof(DeleteModelVersion))]
    [ApiOperation("Models", "Delete a version", Status = StatusCodes.Status204NoContent,
        Description = "Its number is not used again. A version that an alias names (other than 'latest') cannot be deleted.",
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.PreconditionFailed), nameof(ProblemCodes.ModelVersionNotFound), nameof(ProblemCodes.Conflict)],
        Parameters = [Precondition.Parameter])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "models/{name}/versions/{version}")] HttpRequest request,
        string name,
        int version,
        CancellationToken cancellationToken)
    {
        await registry.DeleteVersionAsync(name, version, cancellationToken, Precondition.OfModel(request));
        models.Drop(name);
        return new NoContentResult();
    }
}
