using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

public sealed class GetModelMetadata(ServedModels models, EncryptedModels encrypted, ModelRegistry registry)
{
    [Function(nameof(GetModelMetadata))]
    [ApiOperation("Inference", "Show a model's tensors", Returns = typeof(ModelMetadata), Problems = [nameof(ProblemCodes.ModelNotFound)])]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v2/models/{model}")] HttpRequest request,
        string model,
        CancellationToken cancellationToken) => AnswerAsync(model, version: null, cancellationToken);

    [Function("GetModelVersionMetadata")]
    [ApiOperation("Inference", "Show the tensors of one version", Returns = typeof(ModelMetadata),
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.ModelVersionNotFound)])]
    public Task<IActionResult> RunVersion(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v2/models/{model}/versions/{version}")] HttpRequest request,
        string model,
        string version,
        CancellationToken cancellationToken) => AnswerAsync(model, version, cancellationToken);

    private async Task<IActionResult> AnswerAsync(string model, string? version, CancellationToken cancellationToken)
    {
        using var lease = await models.AcquireAsync(model, version, cancellationToken);
        var record = await registry.GetAsync(model, cancellationToken)
            ?? throw new PipelineException(ProblemCodes.ModelNotFound, $"There is no model '{model}'. List the models to see which there are.");
        return new JsonAnswer<ModelMetadata>(ModelMetadata.Of(lease.Model, record, await encrypted.DescribeAsync(lease.Model.Version, cancellationToken)), ApiJson.Default.ModelMetadata);
    }
}
