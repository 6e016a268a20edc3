using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace AIaaS.Functions.Http;

/// <summary>A small body that is already text: a page, a document.</summary>
public sealed class TextAnswer(string text, string contentType) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var body = Encoding.UTF8.GetBytes(text);
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(body, context.HttpContext.RequestAborted);
    }
}
