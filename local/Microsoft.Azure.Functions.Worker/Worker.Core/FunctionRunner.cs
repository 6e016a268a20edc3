using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function that no HTTP request started: its own service scope, its own span, its failures logged.</summary>
internal sealed class FunctionRunner(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="function">The function to run.</param>
    /// <param name="traceParent">W3C traceparent of what caused the invocation, null for none.</param>
    /// <param name="context">Makes the invocation's context from the services of its scope.</param>
    /// <returns>A task that fails with what the function threw, after it was logged.</returns>
    public async Task RunAsync(FunctionDescriptor function, string? traceParent, Func<IServiceProvider, InvocationContext> context)
    {
        using var activity = new Activity(function.Name);
        activity.SetIdFormat(ActivityIdFormat.W3C);
        if (traceParent is not null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent))
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        activity.Start();

        var logger = loggers.CreateLogger($"Function.{function.Name}");
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await function.Run(context(scope.ServiceProvider));
        }
        catch (Exception exception)
        {
            FunctionLog.Failed(logger, exception);
            throw;
        }
    }
}
