using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AIaaS.Local.Tests.Worker;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middleware_AddedInOrder_FirstIsOutermost()
    {
        var calls = new ConcurrentQueue<string>();
        await using var host = await StartAsync(calls);
        await host.Client.GetAsync("Say");
        calls.ShouldBe(["outer in", "inner in", "function", "inner out", "outer out"]);
    }

    [Fact]
    public async Task Middleware_SetsTheInvocationResult_CallerGetsIt()
    {
        await using var host = await StartAsync([]);
        using var answer = await host.Client.GetAsync("Break");
        ((int)answer.StatusCode).ShouldBe(418);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("handled: broken");
    }

    private static Task<RunningHost> StartAsync(ConcurrentQueue<string> calls) => RunningHost.StartAsync(new HostPlan(typeof(SpokenFunctions))
    {
        Configure = builder =>
        {
            builder.Services.AddSingleton(calls);
            builder.UseMiddleware<OuterMiddleware>();
            builder.UseMiddleware(async (context, next) =>
            {
                calls.Enqueue("inner in");
                await next();
                calls.Enqueue("inner out");
            });
        },
    });

    internal sealed class OuterMiddleware(ConcurrentQueue<string> calls) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            calls.Enqueue("outer in");
            try
            {
                await next(context);
            }
            catch (InvalidOperationException exception)
            {
                context.GetInvocationResult().Value = new ContentResult { StatusCode = 418, Content = $"handled: {exception.Message}" };
            }
            calls.Enqueue("outer out");
        }
    }

    internal sealed class SpokenFunctions(ConcurrentQueue<string> calls)
    {
        [Function("Say")]
        public IActionResult Say([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            calls.Enqueue("function");
            return new OkResult();
        }

        [Function("Break")]
        public IActionResult Break([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidOperationException("broken");
    }
}
