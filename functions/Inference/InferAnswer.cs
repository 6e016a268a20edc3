using AIaaS.Pipeline.Inference.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace AIaaS.Functions.Inference;

/// <summary>Sends a finished answer: its bytes are there already, so nothing but the connection can fail any more.</summary>
public sealed class InferAnswer(InferenceResponse answer) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        using (answer)
        {
            var response = context.HttpContext.Response;
            response.ContentType = answer.ContentType;
            response.ContentLength = answer.Body.Length;
            if (answer.JsonLength is { } length) response.Headers[RequestBody.JsonLengthHeader] = length.ToString();
            await response.BodyWriter.WriteAsync(answer.Body, context.HttpContext.RequestAborted);
        }
    }
}
