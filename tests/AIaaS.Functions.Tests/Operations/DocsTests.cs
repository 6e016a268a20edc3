using System.Net;
using System.Text.RegularExpressions;

namespace AIaaS.Functions.Tests.Operations;

public sealed partial class DocsTests(RunningApp app)
{
    [Fact]
    public async Task Docs_Page_LoadsEverythingFromThisService()
    {
        var page = await app.Http.GetStringAsync("docs");
        foreach (Match script in Source().Matches(page))
        {
            var path = script.Groups["path"].Value;
            path.ShouldStartWith("/");
            using var answer = await app.Http.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        }
        page.ShouldNotContain("https://");
    }

    [Fact]
    public async Task Scalar_WithAndWithoutGzip_IsTheSameScript()
    {
        var plain = await app.Http.GetStringAsync("docs/scalar.js");
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler) { BaseAddress = app.Http.BaseAddress };
        (await client.GetStringAsync("docs/scalar.js")).ShouldBe(plain);
        plain.Length.ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public async Task OpenApi_Served_IsVersion31()
    {
        using var answer = await app.Http.GetAsync("openapi.json");
        (await answer.ReadJsonAsync()).GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
    }

    [Theory]
    [InlineData("errors/JobInvalid", HttpStatusCode.OK)]
    [InlineData("errors/Nonsense", HttpStatusCode.BadRequest)]
    public async Task ErrorType_Code_IsExplained(string path, HttpStatusCode expected)
    {
        using var answer = await app.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(expected);
    }

    [GeneratedRegex("src=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();
}
