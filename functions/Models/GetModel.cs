using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class GetModel(ModelRegistry registry)
{
    [Function(nameof(GetModel))]
    [ApiOperation("Models", "Show a model with its versions and aliases", Returns = typeof(ModelRecord), Problems = [nameof(ProblemCodes.ModelNotFound)],
        Parameters = ["header:If-None-Match=The ETag of an earlier answer: 304 when nothing changed."])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var record = await registry.GetAsync(name, cancellationToken)
            ?? throw new PipelineException(ProblemCodes.ModelNotFound, $"There is no model '{name}'. List the models to see which there are.");
        return new JsonAnswer<ModelRecord>(record, ApiJson.Default.ModelRecord) { ETag = EntityTag.Of(record) };
    }
}
