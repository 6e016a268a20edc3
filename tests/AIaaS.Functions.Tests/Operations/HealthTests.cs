using System.Net;

namespace AIaaS.Functions.Tests.Operations;

public sealed class HealthTests(RunningApp app)
{
    [Fact]
    public async Task Live_Running_IsLive()
    {
        using var answer = await app.Http.GetAsync("health/live");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.ReadJsonAsync()).GetProperty("status").GetString().ShouldBe("live");
    }

    [Fact]
    public async Task Ready_EverythingReachable_NamesEveryCheckAndNoAddress()
    {
        using var answer = await app.Http.GetAsync("health/ready");
        var body = await answer.ReadJsonAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).ShouldBe(["storage", "tables", "queues", "vault"]);
        body.ToString().ShouldNotContain("127.0.0.1");
        body.ToString().ShouldNotContain("AccountKey");
    }
}
