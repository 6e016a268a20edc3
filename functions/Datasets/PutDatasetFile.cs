using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Datasets;

/// <summary>Drops a file, for clients without access to the storage account. In Azure the front end takes 100 MB a request; larger files go to the container directly.</summary>
public sealed class PutDatasetFile(DatasetDrop drop)
{
    [Function(nameof(PutDatasetFile))]
    [ApiOperation("Datasets", "Drop a file",
        Description = "The body is the file as it is: CSV, TSV, JSON Lines, Parquet, IDX, NPY, NPZ or a zip of images; the format is told by content. "
            + "A file named dataset.yaml describes the others. Ingestion begins by itself; ask for the dataset to see how it ends.",
        BodyContentType = "application/octet-stream", Returns = typeof(DatasetRecord), Status = StatusCodes.Status202Accepted,
        Problems = [nameof(ProblemCodes.PayloadTooLarge), nameof(ProblemCodes.InvalidRequest)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "datasets/{name}/{file}")] HttpRequest request,
        string name,
        string file,
        CancellationToken cancellationToken)
    {
        // The drop counts bytes itself, against a limit made for datasets.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        FaultPoints.Before(FaultPointNames.Drop);
        var record = await drop.PutAsync(name, file, request.Body, request.ContentLength, cancellationToken);
        FaultPoints.After(FaultPointNames.Drop);
        request.HttpContext.Response.Headers.Location = LongRunning.Absolute(request, $"/datasets/{record.Name}");
        return new JsonAnswer<DatasetRecord>(record, ApiJson.Default.DatasetRecord, StatusCodes.Status202Accepted);
    }
}
