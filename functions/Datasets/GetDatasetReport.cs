using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace AIaaS.Functions.Datasets;

public sealed class GetDatasetReport(DatasetReader datasets)
{
    [Function(nameof(GetDatasetReport))]
    [ApiOperation("Datasets", "What ingestion found", Description = "JSON, or a readable page with Accept: text/html.",
        Returns = typeof(DatasetReport), ReturnsContentType = "application/json, text/html",
        Problems = [nameof(ProblemCodes.DatasetNotFound), nameof(ProblemCodes.DatasetNotReady), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.KeyNotFound), nameof(ProblemCodes.KeyUnavailable), nameof(ProblemCodes.IntegrityFailed)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "datasets/{name}/report")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var dataset = await datasets.OpenAsync(name, version: null, cancellationToken);
        request.HttpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (!WantsPage(request)) return new JsonAnswer<DatasetReport>(dataset.Report, ApiJson.Default.DatasetReport);
        request.HttpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        return new TextAnswer(ReportPage.Render(dataset.Report), "text/html; charset=utf-8");
    }

    // A browser names text/html first; a client that sends */* or nothing gets JSON.
    private static bool WantsPage(HttpRequest request) => MediaTypeHeaderValue
        .TryParseList(request.Headers.Accept, out var accepted) && accepted
        .OrderByDescending(type => type.Quality ?? 1)
        .FirstOrDefault(type => type.MediaType == "text/html" || type.MediaType == "application/json")?.MediaType == "text/html";
}
