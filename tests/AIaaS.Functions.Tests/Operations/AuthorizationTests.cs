using System.Net;
using AIaaS.Functions.OpenApi;
using AIaaS.Functions.Operations;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Tests.Operations;

public sealed class AuthorizationTests(RunningApp app)
{
    /// <summary>Whatever is added is covered: the routes come from the functions.</summary>
    public static TheoryData<string, string, bool> Routes
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            foreach (var function in HttpFunction.Find(typeof(GetOpenApi).Assembly))
                foreach (var method in function.Methods)
                    rows.Add(method, function.Route, function.Authorization == AuthorizationLevel.Anonymous);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_NoKeyOrWrongKey_OpensOnlyWhatIsAnonymous(string method, string route, bool anonymous)
    {
        using var stranger = new HttpClient { BaseAddress = app.Http.BaseAddress };
        foreach (var key in (string?[])[null, "wrong", ""])
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            if (key is not null) request.Headers.TryAddWithoutValidation("x-functions-key", key);
            using var answer = await stranger.SendAsync(request);
            (answer.StatusCode != HttpStatusCode.Unauthorized).ShouldBe(anonymous, $"{method} {route}");
        }
    }
}
