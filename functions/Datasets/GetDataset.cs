using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Datasets;

public sealed class GetDataset(DatasetStore datasets)
{
    [Function(nameof(GetDataset))]
    [ApiOperation("Datasets", "Show a dataset", Returns = typeof(DatasetRecord), Problems = [nameof(ProblemCodes.DatasetNotFound)],
        Parameters = ["header:If-None-Match=The ETag of an earlier answer: 304 when nothing changed."])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "datasets/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var record = await datasets.GetAsync(name, cancellationToken);
        var headers = request.HttpContext.Response.Headers;
        if (record.Status == DatasetStatus.Ingesting) headers.RetryAfter = LongRunning.RetryAfterSeconds.ToString();
        return new JsonAnswer<DatasetRecord>(record, ApiJson.Default.DatasetRecord) { ETag = EntityTag.Of(record.UpdatedOn) };
    }
}
