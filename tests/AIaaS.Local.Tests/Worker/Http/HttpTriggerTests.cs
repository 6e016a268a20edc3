using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Http;

public sealed class HttpTriggerTests
{
    private static readonly HostPlan Plan = new(typeof(HttpFunctions)) { Configure = builder => builder.Services.AddSingleton(new Greeting("Hello")) };

    [Fact]
    public async Task HttpTrigger_RouteValueAndQuery_ReachTheFunctionThroughItsInjectedService()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        var answer = await host.Client.GetFromJsonAsync<JsonElement>("greet/Ada?q=7");
        answer.GetProperty("text").GetString().ShouldBe("Hello Ada");
        answer.GetProperty("query").GetString().ShouldBe("7");
    }

    [Fact]
    public async Task HttpTrigger_RouteConstraintAndOptionalValue_DecideWhatMatches()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        (await host.Client.GetStringAsync("square/12")).ShouldBe("144");
        (await host.Client.GetAsync("square/twelve")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetStringAsync("pages")).ShouldBe("-1");
        (await host.Client.GetStringAsync("pages/3")).ShouldBe("3");
        (await host.Client.GetAsync("pages/three")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task HttpTrigger_MethodNotDeclared_IsNotAllowed()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        (await host.Client.PostAsync("greet/Ada", null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("""{ "version": "2.0" }""", "api/greet/Ada")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "v9/x" } } }""", "v9/x/greet/Ada")]
    public async Task HttpTrigger_RoutePrefixOfHostJson_ComesFirst(string hostJson, string path)
    {
        await using var host = await RunningHost.StartAsync(Plan with { HostJson = hostJson });
        (await host.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.GetAsync("greet/Ada")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task HttpTrigger_BodyLargerThanKestrelsDefault_IsReadAsStream()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        var body = new byte[40 * 1024 * 1024];
        body.AsSpan().Fill(7);
        using var answer = await host.Client.PutAsync("digest", new ByteArrayContent(body));
        (await answer.Content.ReadAsStringAsync()).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    [Fact]
    public async Task HttpTrigger_BodyOverTheLimit_Is413()
    {
        await using var host = await RunningHost.StartAsync(Plan with { Settings = ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT=1000"] });
        using var answer = await host.Client.PutAsync("digest", new ByteArrayContent(new byte[1001]));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await host.Client.PutAsync("digest", new ByteArrayContent(new byte[1000]))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HttpTrigger_Echo_AnswersBeforeTheBodyHasEnded()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // HttpClient sends its whole body before it reads, so the connection is driven by hand.
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port, bound.Token);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n"u8.ToArray(), bound.Token);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(bound.Token)).ShouldBe("HTTP/1.1 200 OK");
        while (await reader.ReadLineAsync(bound.Token) is { Length: > 0 })
        {
            // The rest of the head.
        }
        (await reader.ReadLineAsync(bound.Token)).ShouldBe("3");
        (await reader.ReadLineAsync(bound.Token)).ShouldBe("one");
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), bound.Token);
        (await reader.ReadLineAsync(bound.Token)).ShouldBe("0");
    }

    [Fact]
    public async Task HttpTrigger_FunctionThrows_Is500WithoutDetails()
    {
        await using var host = await RunningHost.StartAsync(Plan with { Settings = ["environment=Development"] });
        using var answer = await host.Client.GetAsync("Fail");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task HttpTrigger_FunctionThrowsInTheMiddleOfTheAnswer_CutsTheConnection()
    {
        await using var host = await RunningHost.StartAsync(Plan);
        await Should.ThrowAsync<HttpRequestException>(() => host.Client.GetStringAsync("FailLate"));
    }

    [Fact]
    public async Task HttpTrigger_TraceParentOfTheCaller_IsContinued()
    {
        await using var host = await RunningHost.StartAsync(Plan with { Settings = ["Logging:LogLevel:Microsoft.AspNetCore=Warning"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "Trace");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await host.Client.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("traceParent").GetString()!.ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        answer.GetProperty("name").GetString().ShouldBe("Trace");
        answer.GetProperty("same").GetBoolean().ShouldBeTrue();
    }
}
