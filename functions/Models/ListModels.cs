using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class ListModels(ModelRegistry registry)
{
    [Function(nameof(ListModels))]
    [ApiOperation("Models", "List the models", Returns = typeof(ListAnswer<ModelRecord>))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models")] HttpRequest request, CancellationToken cancellationToken) =>
        new JsonAnswer<ListAnswer<ModelRecord>>(
            new ListAnswer<ModelRecord>(await registry.ListAsync(cancellationToken)), ApiJson.Default.ListAnswerModelRecord);
}
