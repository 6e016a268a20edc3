using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Http;

public sealed class HttpDrainTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Stop_RequestUnderWay_IsAnsweredAndNewOnesAreNot()
    {
        await using var host = await StartAsync(TimeSpan.FromSeconds(60));
        var answering = host.Client.GetAsync("Wait");
        await _gate.Entered.Task;
        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(() => RefusesAsync(host.Client.BaseAddress!), "new connections are refused");
        stopping.IsCompleted.ShouldBeFalse();
        _gate.Released.SetResult();
        (await answering).StatusCode.ShouldBe(HttpStatusCode.OK);
        await stopping;
    }

    [Fact]
    public async Task Stop_RequestLongerThanTheDrain_IsCancelled()
    {
        await using var host = await StartAsync(TimeSpan.FromMilliseconds(200));
        var answering = host.Client.GetAsync("Wait");
        await _gate.Entered.Task;
        await host.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(() => answering);
        await _gate.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task<RunningHost> StartAsync(TimeSpan drain)
    {
        var plan = new HostPlan(typeof(WaitingFunction));
        return RunningHost.StartAsync(plan with { Configure = builder => builder.Services.AddSingleton(_gate), Options = plan.Options with { DrainTimeout = drain } });
    }

    private static async Task<bool> RefusesAsync(Uri address)
    {
        try
        {
            using var tcp = new System.Net.Sockets.TcpClient();
            await tcp.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }

    internal sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed class WaitingFunction(Gate gate)
    {
        [Function("Wait")]
        public async Task<IActionResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
        {
            gate.Entered.SetResult();
            try
            {
                await gate.Released.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                gate.Cancelled.SetResult();
                throw;
            }
            return new OkResult();
        }
    }
}
