using AIaaS.Functions.Http;
using AIaaS.Pipeline.Batch;
using AIaaS.Pipeline.Inference.Encrypted;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using RequestBody = AIaaS.Pipeline.Inference.Protocol.RequestBody;

namespace AIaaS.Functions.Inference;

/// <summary>Answers the infer requests of the extension he_ckks: at once, or later when that is asked for or the computation takes long.</summary>
public sealed class EncryptedInfer(EncryptedInference inference, AsynchronousInference asynchronous)
{
    /// <param name="request">With the function key that the ciphertexts are bound under.</param>
    /// <param name="model">Of the path.</param>
    /// <param name="version">Of the path.</param>
    /// <param name="encrypted">Read from <paramref name="body"/>.</param>
    /// <param name="body">Not disposed.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    public async Task<IActionResult> AnswerAsync(HttpRequest request, string model, string? version, EncryptedRequest encrypted, RequestBody body, CancellationToken cancellationToken)
    {
        var caller = Caller.IdOf(request);
        var found = await inference.ResolveAsync(model, version, cancellationToken);
        using var call = await inference.PrepareAsync(found, encrypted, body, caller, Caller.KeyOf(request), cancellationToken);
        if (!call.IsSlow && !Preference.WantsAsync(request.Headers)) return new InferAnswer(await call.RunAsync(cancellationToken));
        string? id = request.Headers["Operation-Id"];
        return OperationAccepted.Answer(request, await asynchronous.SubmitAsync(call, caller, body, string.IsNullOrEmpty(id) ? null : id, cancellationToken));
    }
}
