using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace AIaaS.Functions.Http;

/// <summary>The query parameter api-version: may be left out; a version that does not exist is refused rather than guessed.</summary>
public sealed class ApiVersion : IFunctionsWorkerMiddleware
{
    public const string Parameter = "api-version";
    public const string Current = "2026-11-01";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http) Check(http.Request);
        return next(context);
    }

    /// <exception cref="PipelineException">ApiVersionUnsupported.</exception>
    public static void Check(HttpRequest request)
    {
        if (!request.Query.TryGetValue(Parameter, out var asked) || asked == Current) return;
        throw new PipelineException(ProblemCodes.ApiVersionUnsupported, $"This service speaks api-version {Current}. Ask for that one, or leave the parameter out.");
    }
}
