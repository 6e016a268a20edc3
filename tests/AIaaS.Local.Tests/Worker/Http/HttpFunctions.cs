using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Worker.Http;

public sealed class HttpFunctions(Greeting greeting)
{
    [Function("Greet")]
    public IActionResult Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greet/{name}")] HttpRequest request, string name) =>
        new OkObjectResult(new { text = $"{greeting.Word} {name}", query = request.Query["q"].ToString() });

    [Function("Square")]
    public Task<IActionResult> Square([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "square/{number:int}")] HttpRequest request, int number) =>
        Task.FromResult<IActionResult>(new OkObjectResult(number * number));

    [Function("Page")]
    public IActionResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{number?}")] HttpRequest request, int? number) =>
        new OkObjectResult(number ?? -1);

    [Function("Digest")]
    public async Task<IActionResult> Digest([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "digest")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read) hash.AppendData(buffer, 0, read);
        return new OkObjectResult(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Function("Echo")]
    public async Task Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request)
    {
        // Answers each piece as it comes: works only where neither body is buffered.
        var buffer = new byte[1024];
        while (await request.Body.ReadAsync(buffer) is > 0 and var read)
        {
            await request.HttpContext.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            await request.HttpContext.Response.Body.FlushAsync();
        }
    }

    [Function("Fail")]
    public Task<IActionResult> Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("secret detail");

    [Function("FailLate")]
    public async Task FailLate([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half an answer");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("secret detail");
    }

    [Function("ForFunctions")]
    public IActionResult ForFunctions([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => new NoContentResult();

    [Function("ForAdmins")]
    public IActionResult ForAdmins([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => new NoContentResult();

    [Function("ForSystem")]
    public IActionResult ForSystem([HttpTrigger(AuthorizationLevel.System, "get")] HttpRequest request) => new NoContentResult();

    [Function("Trace")]
    public IActionResult Trace([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        new OkObjectResult(new { context.TraceContext.TraceParent, context.FunctionDefinition.Name, Same = context.GetHttpContext() == request.HttpContext });
}

public sealed record Greeting(string Word);
