using System.Net;
using AIaaS.Functions.Tests.Models;

namespace AIaaS.Functions.Tests.Http;

/// <summary>ETags of what can be changed, and changes that are refused when somebody else was first.</summary>
public sealed class PreconditionTests(RunningApp app)
{
    private const string Stale = "\"0123456789abcdef\"";

    [Fact]
    public async Task Model_ChangedMeanwhile_IsNotChangedAgain()
    {
        await app.RegisterAsync("matched", TinyModels.Adding(1));
        await app.RegisterAsync("matched", TinyModels.Adding(2));
        var seen = await TagAsync("models/matched");
        (await SendAsync(HttpMethod.Get, "models/matched", ifNoneMatch: seen)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        using var first = await SendAsync(HttpMethod.Put, "models/matched/aliases/production", seen, """{"version":1}""");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var now = await TagAsync("models/matched");
        (first.Headers.ETag!.ToString(), now == seen).ShouldBe((now, false));

        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Put, "models/matched/aliases/production", """{"version":2}"""),
            (HttpMethod.Post, "models/matched/aliases/production/rollback", null),
            (HttpMethod.Delete, "models/matched/aliases/production", null),
            (HttpMethod.Delete, "models/matched/versions/2", null),
            (HttpMethod.Delete, "models/matched", null),
        })
        {
            using var refused = await SendAsync(method, path, seen, body);
            refused.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed, path);
            (await refused.ReadProblemAsync()).ShouldBe("PreconditionFailed");
        }
        (await TagAsync("models/matched")).ShouldBe(now);

        using var weak = await SendAsync(HttpMethod.Delete, "models/matched", $"W/{now}");
        weak.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var malformed = await SendAsync(HttpMethod.Delete, "models/matched", "not quoted");
        (await malformed.ReadProblemAsync()).ShouldBe("InvalidRequest");
        using var deleted = await SendAsync(HttpMethod.Delete, "models/matched", $"{Stale}, {now}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task JobAndDataset_ChangedMeanwhile_AreNotChanged()
    {
        await app.MakeDatasetAsync("matched-data");
        using var put = await app.Http.PutAsync("jobs/matched-job", new StringContent("dataset: matched-data\ntask: classification\nfamily: { name: linear }\n"));
        put.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var late = await SendAsync(HttpMethod.Post, "jobs/matched-job/cancel", Stale);
        (await late.ReadProblemAsync()).ShouldBe("PreconditionFailed");
        using var canceled = await SendAsync(HttpMethod.Post, "jobs/matched-job/cancel", await TagAsync("jobs/matched-job"));
        canceled.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var kept = await SendAsync(HttpMethod.Delete, "datasets/matched-data", Stale);
        (await kept.ReadProblemAsync()).ShouldBe("PreconditionFailed");
        using var deleted = await SendAsync(HttpMethod.Delete, "datasets/matched-data", await TagAsync("datasets/matched-data"));
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task WrongMethod_IsNotAllowed() =>
        (await SendAsync(HttpMethod.Patch, "models/any")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);

    private async Task<string> TagAsync(string path)
    {
        using var answer = await app.Http.GetAsync(path);
        return answer.Headers.ETag.ShouldNotBeNull(path).ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? ifMatch = null, string? body = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null) request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        if (body is not null) request.Content = new StringContent(body);
        return await app.Http.SendAsync(request);
    }
}
