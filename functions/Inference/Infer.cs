using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Inference;

/// <summary>The hot path: no I/O but the connection's, and nothing logged, as long as the model is in memory.</summary>
public sealed class Infer(ServedModels models, InferenceEngine engine, BytesInFlight inFlight, AsynchronousInference asynchronous, EncryptedInfer encryptedInfer)
{
    private const string Summary = "Predict";

    private const string Description =
        "Tensors as JSON, flat or nested, or as binary behind the JSON (binary_data_size and the header Inference-Header-Content-Length). "
        + "With 'Prefer: respond-async' the request is queued and answered 202 with Operation-Location. "
        + "Encrypted input: the extension he_ckks, docs/protocol-he-ckks.md.";

    [Function("Infer")]
    [ApiOperation("Inference", Summary, Description = Description, BodyContentType = "application/json,application/octet-stream", ReturnsContentType = "application/json,application/octet-stream",
        Parameters = ["header:Inference-Header-Content-Length=Bytes of JSON before the binary tensors; 0 when the body is one raw tensor.", "header:Prefer=respond-async", "header:Operation-Id=Own id of an asynchronous request."],
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.TensorInvalid), nameof(ProblemCodes.InvalidRequest), nameof(ProblemCodes.PayloadTooLarge), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.ModelUnavailable),
            nameof(ProblemCodes.EvaluationKeysNotFound), nameof(ProblemCodes.EvaluationKeysIncomplete), nameof(ProblemCodes.EvaluationKeysMismatch), nameof(ProblemCodes.EvaluationKeysLackRotation),
            nameof(ProblemCodes.EncryptionUnsupported), nameof(ProblemCodes.CiphertextInvalid), nameof(ProblemCodes.CiphertextMismatch), nameof(ProblemCodes.Busy)])]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v2/models/{model}/infer")] HttpRequest request,
        string model,
        CancellationToken cancellationToken) => AnswerAsync(request, model, version: null, cancellationToken);

    [Function("InferVersion")]
    [ApiOperation("Inference", Summary + " with one version", Description = Description, BodyContentType = "application/json,application/octet-stream", ReturnsContentType = "application/json,application/octet-stream",
        Parameters = ["header:Inference-Header-Content-Length=Bytes of JSON before the binary tensors; 0 when the body is one raw tensor.", "header:Prefer=respond-async", "header:Operation-Id=Own id of an asynchronous request."],
        Problems = [nameof(ProblemCodes.ModelNotFound), nameof(ProblemCodes.ModelVersionNotFound), nameof(ProblemCodes.TensorInvalid), nameof(ProblemCodes.InvalidRequest), nameof(ProblemCodes.PayloadTooLarge), nameof(ProblemCodes.KeyDisabled), nameof(ProblemCodes.ModelUnavailable),
            nameof(ProblemCodes.EvaluationKeysNotFound), nameof(ProblemCodes.EvaluationKeysIncomplete), nameof(ProblemCodes.EvaluationKeysMismatch), nameof(ProblemCodes.EvaluationKeysLackRotation),
            nameof(ProblemCodes.EncryptionUnsupported), nameof(ProblemCodes.CiphertextInvalid), nameof(ProblemCodes.CiphertextMismatch), nameof(ProblemCodes.Busy)])]
    public Task<IActionResult> RunVersion(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v2/models/{model}/versions/{version}/infer")] HttpRequest request,
        string model,
        string version,
        CancellationToken cancellationToken) => AnswerAsync(request, model, version, cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string model, string? version, CancellationToken cancellationToken)
    {
        var headers = request.Headers;
        var jsonLength = RequestBody.ParseJsonLength(headers[RequestBody.JsonLengthHeader]);
        if (headers.ContentEncoding.Count > 0)
            throw new PipelineException(ProblemCodes.InvalidRequest, "Compressed bodies are not taken. Send the body as it is, without Content-Encoding.");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = InferenceLimits.MaxRequestBytes;

        var admitted = inFlight.Admit(request.ContentLength);
        try
        {
            using var body = await RequestBody.ReadAsync(request.BodyReader, request.ContentLength, jsonLength, cancellationToken);
            if (EncryptedRequestReader.TryRead(body) is { } encrypted) return await encryptedInfer.AnswerAsync(request, model, version, encrypted, body, cancellationToken);
            if (Preference.WantsAsync(headers)) return await SubmitAsync(request, model, version, body, cancellationToken);
            using var lease = await models.AcquireAsync(model, version, cancellationToken);
            return new InferAnswer(engine.Infer(lease.Model, body));
        }
        finally
        {
            inFlight.Release(admitted);
        }
    }

    private async Task<IActionResult> SubmitAsync(HttpRequest request, string model, string? version, RequestBody body, CancellationToken cancellationToken)
    {
        string? id = request.Headers["Operation-Id"];
        var operation = await asynchronous.SubmitAsync(model, version, body, string.IsNullOrEmpty(id) ? null : id, cancellationToken);
        return OperationAccepted.Answer(request, operation);
    }
}
