using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AIaaS.Functions.Http;

/// <summary>A JSON body written by source-generated code; also sets an ETag where the resource has one.</summary>
public sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IActionResult
{
    public T Value { get; } = value;

    public int Status { get; } = status;

    /// <summary>Unquoted; null sends none.</summary>
    public string? ETag { get; init; }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        if (ETag is not null)
        {
            var quoted = $"\"{ETag}\"";
            http.Response.Headers.ETag = quoted;
            if (Status == StatusCodes.Status200OK && http.Request.Headers.IfNoneMatch.ToString() == quoted)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        // Serialized before the first byte is sent, so that a failure still becomes a problem document.
        var body = JsonSerializer.SerializeToUtf8Bytes(Value, type);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
