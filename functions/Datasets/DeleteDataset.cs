using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Datasets;

public sealed class DeleteDataset(DatasetStore datasets)
{
    [Function(nameof(DeleteDataset))]
    [ApiOperation("Datasets", "Delete a dataset for good", Status = StatusCodes.Status204NoContent, Problems = [nameof(ProblemCodes.DatasetNotFound), nameof(ProblemCodes.PreconditionFailed)],
        Parameters = [Precondition.Parameter],
        Description = "Its key goes first, which makes every copy of its data unreadable at once; then its files and its record. Models trained on it stay.")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "datasets/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        await datasets.DeleteAsync(name, cancellationToken, Precondition.OfDataset(request));
        return new NoContentResult();
    }
}
