using System.Text;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Datasets;

public sealed class GetDatasetRejects(DatasetReader datasets)
{
    [Function(nameof(GetDatasetRejects))]
    [ApiOperation("Datasets", "The rows that were left out: file, line and reason, one JSON object a line", ReturnsContentType = "application/jsonl",
        Problems = [nameof(ProblemCodes.DatasetNotFound), nameof(ProblemCodes.DatasetNotReady), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyUnavailable), nameof(ProblemCodes.IntegrityFailed)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "datasets/{name}/rejects")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var dataset = await datasets.OpenAsync(name, version: null, cancellationToken);
        return new TextAnswer(Encoding.UTF8.GetString(await dataset.ReadRejectsAsync(cancellationToken)), "application/jsonl; charset=utf-8");
    }
}
