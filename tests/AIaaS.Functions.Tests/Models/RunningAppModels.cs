using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AIaaS.Functions.Tests.Models;

/// <summary>Registers and asks models over HTTP.</summary>
internal static class RunningAppModels
{
    public static async Task<JsonElement> RegisterAsync(this RunningApp app, string model, byte[] onnx)
    {
        using var answer = await app.Http.PutAsync($"models/{model}/onnx", new ByteArrayContent(onnx));
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        return await answer.ReadJsonAsync();
    }

    public static Task<HttpResponseMessage> InferAsync(this RunningApp app, string model, string json) =>
        app.Http.PostAsync($"v2/models/{model}/infer", new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));
}
