using System.Diagnostics;
using AIaaS.Functions.Http;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Problems;

/// <summary>Renders whatever an HTTP function throws: V2's shape on /v2, problem details everywhere else.</summary>
public sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            LogAborted(context.FunctionDefinition.Name);
        }
        catch (Exception exception)
        {
            var problem = exception.ToProblem();
            Log(context.FunctionDefinition.Name, problem, exception);
            if (http.Response.HasStarted) http.Abort();
            else await WriteAsync(http, problem);
        }
    }

    private static async Task WriteAsync(HttpContext http, PipelineException problem)
    {
        var response = http.Response;
        response.Clear();
        response.StatusCode = problem.Code.Status;
        response.Headers["x-ms-error-code"] = problem.Code.Code;
        if (problem.Code.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "5";
        if (IsV2(http.Request.Path))
            await response.WriteAsJsonAsync(V2Error.From(problem), ApiJson.Default.V2Error, cancellationToken: http.RequestAborted);
        else
            await response.WriteAsJsonAsync(ProblemDocument.From(problem, TraceId(http)), ApiJson.Default.ProblemDocument, ProblemDocument.ContentType, http.RequestAborted);
    }

    private static bool IsV2(PathString path) => path.StartsWithSegments("/v2", StringComparison.Ordinal);

    private static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private void Log(string function, PipelineException problem, Exception exception)
    {
        if (problem.Code == ProblemCodes.Internal) LogInternal(exception, function);
        else if (problem.Code.Status >= 500) LogUnavailable(exception, function, problem.Code.Code);
        else LogRefused(function, problem.Code.Code, problem.Code.Status);
    }

    [LoggerMessage(1, LogLevel.Error, "{Function} failed in a way nobody foresaw.")]
    private partial void LogInternal(Exception exception, string function);

    [LoggerMessage(2, LogLevel.Warning, "{Function} could not be served: {Code}.")]
    private partial void LogUnavailable(Exception exception, string function, string code);

    [LoggerMessage(3, LogLevel.Information, "{Function} refused the request: {Code} ({Status}).")]
    private partial void LogRefused(string function, string code, int status);

    [LoggerMessage(4, LogLevel.Debug, "The client of {Function} went away.")]
    private partial void LogAborted(string function);
}
