using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.EvaluationKeys;

/// <summary>Takes a set of evaluation keys, whole or in parts that may be repeated and come in any order.</summary>
public sealed class PutEvaluationKeys(EvaluationKeyUpload upload)
{
    [Function(nameof(PutEvaluationKeys))]
    [ApiOperation("Evaluation keys", "Send evaluation keys, whole or in parts",
        Description = "The id is the SHA-256 of the whole: SEAL's EncryptionParameters, RelinKeys and GaloisKeys, one after the other. "
            + "A part says its place in Content-Range and begins and ends at a multiple of 4 MiB, but for the end of the last. While parts are missing the answer is 202 with those that have come; "
            + "the part that completes the set has it checked and is answered 200. With 'Content-Range: bytes */total' and no body a broken-off check is done again.",
        BodyContentType = "application/octet-stream", Returns = typeof(EvaluationKeySet),
        Parameters = ["header:Content-Range=bytes first-last/total; without it the body is the whole."],
        Problems = [nameof(ProblemCodes.InvalidRequest), nameof(ProblemCodes.PayloadTooLarge), nameof(ProblemCodes.EvaluationKeysQuotaExceeded), nameof(ProblemCodes.Conflict),
            nameof(ProblemCodes.EvaluationKeysDigestMismatch), nameof(ProblemCodes.EvaluationKeysInvalid), nameof(ProblemCodes.PreconditionFailed), nameof(ProblemCodes.Busy)])]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "evaluation-keys/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            throw new PipelineException(ProblemCodes.InvalidRequest, "Compressed bodies are not taken: the objects inside may be compressed. Send the bytes as they are, without Content-Encoding.");
        var part = UploadPart.Parse(request.Headers.ContentRange, request.ContentLength);
        // The upload counts bytes itself, against a limit made for keys.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        var set = await upload.PutAsync(Caller.IdOf(request), id, part, request.Body, cancellationToken);
        request.HttpContext.Response.Headers.Location = LongRunning.Absolute(request, $"/evaluation-keys/{set.Id}");
        var status = set.Status == EvaluationKeyStatus.Ready ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        return new JsonAnswer<EvaluationKeySet>(set, ApiJson.Default.EvaluationKeySet, status);
    }
}
