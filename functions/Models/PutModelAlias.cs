using System.Text.Json;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Models;

/// <summary>Promotes a version, or goes back to an earlier one.</summary>
public sealed class PutModelAlias(ModelRegistry registry, ServedModels models)
{
    private const int MaxBodyBytes = 1024;

    [Function(nameof(PutModelAlias))]
    [ApiOperation("Models", "Let an alias name a version", Body = typeof(AliasTarget), Returns = typeof(ModelRecord),
        Description = "Requests that name no version are answered by 'production' once it is set, by 'latest' until then. Everything answers with the new version within a second or two, and no request fails meanwhile.",
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.PreconditionFailed), nameof(ProblemCodes.ModelVersionNotFound), nameof(ProblemCodes.InvalidRequest)],
        Parameters = [Precondition.Parameter])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "models/{name}/aliases/{alias}")] HttpRequest request,
        string name,
        string alias,
        CancellationToken cancellationToken)
    {
        var target = Parse((await RequestBody.ReadAsync(request, MaxBodyBytes, cancellationToken)).Span);
        var record = await registry.PromoteAsync(name, alias, target.Version, cancellationToken, Precondition.OfModel(request));
        models.Refresh(name);
        return new JsonAnswer<ModelRecord>(record, ApiJson.Default.ModelRecord) { ETag = EntityTag.Of(record) };
    }

    private static AliasTarget Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ApiJson.Default.AliasTarget) is { Version: > 0 } target) return target;
        }
        catch (JsonException)
        {
            // Said below, in words that help.
        }
        throw new PipelineException(ProblemCodes.InvalidRequest, "The body must be {\"version\": N} with a version of the model.");
    }
}
