using System.Text.Json;

namespace AIaaS.Functions.Tests;

/// <summary>Reads answers of the app.</summary>
internal static class Json
{
    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The code of a problem answer; the header and the body must agree on it.</summary>
    public static async Task<string> ReadProblemAsync(this HttpResponseMessage answer)
    {
        var body = await answer.ReadJsonAsync();
        var code = body.GetProperty("code").GetString()!;
        answer.Headers.GetValues("x-ms-error-code").ShouldBe([code]);
        body.GetProperty("status").GetInt32().ShouldBe((int)answer.StatusCode);
        return code;
    }
}
