using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

/// <summary>Ready means in memory: asking brings the model there, so it can be used to warm one up.</summary>
public sealed class GetModelReady(ServedModels models)
{
    [Function(nameof(GetModelReady))]
    [ApiOperation("Inference", "Whether a model can answer", Returns = typeof(ModelReadiness), Description = "Loads the model when it is not in memory yet.",
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.ModelUnavailable), nameof(ProblemCodes.KeyDisabled)])]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v2/models/{model}/ready")] HttpRequest request,
        string model,
        CancellationToken cancellationToken) => AnswerAsync(model, version: null, cancellationToken);

    [Function("GetModelVersionReady")]
    [ApiOperation("Inference", "Whether one version can answer", Returns = typeof(ModelReadiness), Description = "Loads the version when it is not in memory yet.",
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.ModelVersionNotFound), nameof(ProblemCodes.ModelUnavailable), nameof(ProblemCodes.KeyDisabled)])]
    public Task<IActionResult> RunVersion(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v2/models/{model}/versions/{version}/ready")] HttpRequest request,
        string model,
        string version,
        CancellationToken cancellationToken) => AnswerAsync(model, version, cancellationToken);

    private async Task<IActionResult> AnswerAsync(string model, string? version, CancellationToken cancellationToken)
    {
        using var lease = await models.AcquireAsync(model, version, cancellationToken);
        return new JsonAnswer<ModelReadiness>(new ModelReadiness(model, Ready: true), ApiJson.Default.ModelReadiness);
    }
}
