using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Import;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

public sealed class PutModelOnnx(ModelImport import, ServedModels models)
{
    [Function(nameof(PutModelOnnx))]
    [ApiOperation("Models", "Register an ONNX file that was not trained here", BodyContentType = "application/octet-stream", Returns = typeof(ModelVersion), Status = StatusCodes.Status201Created,
        Description = "The file is inspected (size, node count, nesting; external data and custom operators are refused) and loaded once in a child process with bounded time and memory "
            + "before it becomes the model's next version. The same file again gives the same version.",
        Problems = [nameof(ProblemCodes.ModelRefused), nameof(ProblemCodes.PayloadTooLarge), nameof(ProblemCodes.InvalidName)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "models/{name}/onnx")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = ImportLimits.MaxBytes;
        using var turn = await import.EnterAsync(cancellationToken);
        var file = await RequestBody.ReadAsync(request, ImportLimits.MaxBytes, cancellationToken);
        var version = await import.RunAsync(name, file, cancellationToken);
        models.Refresh(name);
        request.HttpContext.Response.Headers.Location = LongRunning.Absolute(request, $"/models/{name}/versions/{version.Version}/card");
        return new JsonAnswer<ModelVersion>(version, ApiJson.Default.ModelVersion, StatusCodes.Status201Created);
    }
}
