using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Answers requests with a function. On the hot path: one context object a request, nothing logged when all is well.</summary>
internal sealed class HttpFunction(FunctionDescriptor function, AuthorizationLevel level, FunctionKeys? keys, ILogger logger)
{
    private static readonly ActionDescriptor NoAction = new();

    public async Task HandleAsync(HttpContext http)
    {
        if (level != AuthorizationLevel.Anonymous && !keys!.Allow(http.Request, level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        try
        {
            var context = new HttpInvocationContext(function, http);
            await function.Run(context);
            await AnswerAsync(context.Result, http);
        }
        catch (BadHttpRequestException exception)
        {
            FunctionLog.BadRequest(logger, exception.Message);
            Refuse(http, exception.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            FunctionLog.CallerGone(logger);
        }
        catch (Exception exception)
        {
            FunctionLog.Failed(logger, exception);
            Refuse(http, StatusCodes.Status500InternalServerError);
        }
    }

    private static Task AnswerAsync(object? result, HttpContext http) => result switch
    {
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)),
        IResult minimal => minimal.ExecuteAsync(http),
        null => Task.CompletedTask,
        _ => throw new InvalidOperationException($"Middleware left a {result.GetType()} as the result; an HTTP function answers with IActionResult or IResult."),
    };

    /// <summary>No details go out. An answer already under way cannot be taken back, so the connection is cut: the caller sees that it is not whole.</summary>
    private static void Refuse(HttpContext http, int status)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.Clear();
        http.Response.StatusCode = status;
    }
}
