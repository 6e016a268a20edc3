using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Datasets;

public sealed class ListDatasets(DatasetStore datasets)
{
    [Function(nameof(ListDatasets))]
    [ApiOperation("Datasets", "List all datasets, by name", Returns = typeof(ListAnswer<DatasetRecord>))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "datasets")] HttpRequest request, CancellationToken cancellationToken) =>
        new JsonAnswer<ListAnswer<DatasetRecord>>(
            new ListAnswer<DatasetRecord>(await datasets.ListAsync(cancellationToken).ToListAsync(cancellationToken)), ApiJson.Default.ListAnswerDatasetRecord);
}
