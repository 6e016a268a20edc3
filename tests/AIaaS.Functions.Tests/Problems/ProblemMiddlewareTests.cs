using System.Net;
using System.Text.Json;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Functions.Tests.Problems;

public sealed class ProblemMiddlewareTests(ThrowingApp app) : IClassFixture<ThrowingApp>
{
    public static TheoryData<string> Codes => [.. ProblemCodes.All.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Own_EveryCode_IsAProblemDocument(string name)
    {
        var code = ProblemCodes.All[name];

        using var answer = await app.Client.GetAsync($"throw/{name}");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        ((int)answer.StatusCode).ShouldBe(code.Status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.GetValues("x-ms-error-code").ShouldBe([name]);
        body.RootElement.GetProperty("type").GetString().ShouldBe($"/errors/{name}");
        body.RootElement.GetProperty("title").GetString().ShouldBe(code.Title);
        body.RootElement.GetProperty("status").GetInt32().ShouldBe(code.Status);
        body.RootElement.GetProperty("detail").GetString().ShouldBe($"Detail of {name}.");
        body.RootElement.GetProperty("code").GetString().ShouldBe(name);
        body.RootElement.GetProperty("traceId").GetString()!.Length.ShouldBe(32);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task V2_EveryCode_IsAnErrorText(string name)
    {
        using var answer = await app.Client.GetAsync($"v2/throw/{name}");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        ((int)answer.StatusCode).ShouldBe(ProblemCodes.All[name].Status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        body.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["error"]);
        body.RootElement.GetProperty("error").GetString().ShouldBe($"Detail of {name}.");
    }

    [Theory]
    [InlineData("unforeseen", HttpStatusCode.InternalServerError, "Internal")]
    [InlineData("storage", HttpStatusCode.ServiceUnavailable, "StorageUnavailable")]
    [InlineData("retried-storage", HttpStatusCode.ServiceUnavailable, "StorageUnavailable")]
    [InlineData("changed", HttpStatusCode.PreconditionFailed, "PreconditionFailed")]
    public async Task Own_ForeignException_HidesItsText(string what, HttpStatusCode status, string code)
    {
        using var answer = await app.Client.GetAsync($"throw/{what}");
        var text = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("x-ms-error-code").ShouldBe([code]);
        text.ShouldNotContain(ThrowingFunctions.Secret);
        text.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Own_Unavailable_SaysWhenToComeBack()
    {
        using var answer = await app.Client.GetAsync("throw/StorageUnavailable");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Own_SeveralFaults_AreListed()
    {
        using var answer = await app.Client.GetAsync("throw/items");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("errors").EnumerateArray().Select(item => item.GetProperty("pointer").GetString()).ShouldBe(["/training/seed", "/model"]);
    }

    [Theory]
    [InlineData("fine", HttpStatusCode.NoContent)]
    [InlineData("fine?api-version=2026-11-01", HttpStatusCode.NoContent)]
    [InlineData("fine?api-version=2019-01-01", HttpStatusCode.BadRequest)]
    [InlineData("fine?api-version=", HttpStatusCode.BadRequest)]
    public async Task ApiVersion_Unknown_IsRefused(string path, HttpStatusCode expected)
    {
        using var answer = await app.Client.GetAsync(path);
        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest) answer.Headers.GetValues("x-ms-error-code").ShouldBe(["ApiVersionUnsupported"]);
    }
}
