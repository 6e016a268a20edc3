using System.Net;
using System.Text;
using AIaaS.Functions.Tests.Models;

namespace AIaaS.Functions.Tests.Inference;

/// <summary>The Open Inference Protocol V2 over the wire; the exact bytes are those of docs/inference.md.</summary>
public sealed class InferenceFunctionTests(RunningApp app)
{
    private const string Request = """{"id":"42","inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[[1,2],[3,4]]}]}""";

    [Fact]
    public async Task Infer_Json_AnswersTheDocumentedBytes()
    {
        await app.RegisterAsync("add-json", TinyModels.Adding(0.5f));

        using var answer = await app.InferAsync("add-json", Request);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            """{"model_name":"add-json","model_version":"1","id":"42","outputs":[{"name":"y","datatype":"FP32","shape":[2,2],"data":[1.5,2.5,3.5,4.5]}]}""");
    }

    [Fact]
    public async Task Infer_Binary_AnswersTheDocumentedBytes()
    {
        await app.RegisterAsync("add-binary", TinyModels.Adding(0.5f));
        var json = """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}],"parameters":{"binary_data_output":true}}"""u8.ToArray();
        using var content = new ByteArrayContent([.. json, 0, 0, 128, 63, 0, 0, 0, 64]);
        content.Headers.Add("Inference-Header-Content-Length", json.Length.ToString());

        using var answer = await app.Http.PostAsync("v2/models/add-binary/versions/1/infer", content);

        var expected = """{"model_name":"add-binary","model_version":"1","outputs":[{"name":"y","datatype":"FP32","shape":[1,2],"parameters":{"binary_data_size":8}}]}""";
        answer.Headers.GetValues("Inference-Header-Content-Length").ShouldBe([expected.Length.ToString()]);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe([.. Encoding.UTF8.GetBytes(expected), 0, 0, 192, 63, 0, 0, 32, 64]);
    }

    [Fact]
    public async Task Infer_TwentyMegabytes_AreAnswered()
    {
        await app.RegisterAsync("add-large", TinyModels.Adding(1));
        using var content = new ByteArrayContent(new byte[20 << 20]);
        content.Headers.Add("Inference-Header-Content-Length", "0");

        using var answer = await app.Http.PostAsync("v2/models/add-large/infer", content);

        var body = await answer.Content.ReadAsByteArrayAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.AsSpan(^4..).ToArray().ShouldBe([0, 0, 128, 63]);
    }

    [Fact]
    public async Task Errors_AreTextsWithTheProtocolsStatus()
    {
        await app.RegisterAsync("add-errors", TinyModels.Adding(1));
        (string Path, string Body, HttpStatusCode Status)[] cases =
        [
            ("v2/models/nobody/infer", Request, HttpStatusCode.NotFound),
            ("v2/models/add-errors/versions/9/infer", Request, HttpStatusCode.NotFound),
            ("v2/models/add-errors/infer", "{", HttpStatusCode.BadRequest),
            ("v2/models/add-errors/infer", Request.Replace("FP32", "FP64", StringComparison.Ordinal), HttpStatusCode.BadRequest),
            ("v2/models/add-errors/infer", Request.Replace("[2,2]", "[2,3]", StringComparison.Ordinal), HttpStatusCode.BadRequest),
            ("v2/models/NOT%20A%20NAME/infer", Request, HttpStatusCode.BadRequest),
        ];
        foreach (var (path, body, status) in cases)
        {
            using var answer = await app.Http.PostAsync(path, new StringContent(body));
            answer.StatusCode.ShouldBe(status, path);
            var error = await answer.ReadJsonAsync();
            error.EnumerateObject().Select(property => property.Name).ShouldBe(["error"]);
            error.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Infer_LargerThanTheLimit_Is413()
    {
        await app.RegisterAsync("add-limit", TinyModels.Adding(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/add-limit/infer") { Content = new ByteArrayContent(new byte[(64 << 20) + 1]) };
        request.Headers.ExpectContinue = true;

        using var answer = await app.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ReadJsonAsync()).GetProperty("error").GetString()!.ShouldContain("67108864");
    }

    [Fact]
    public async Task Metadata_OfServerAndModel_IsTheProtocols()
    {
        await app.RegisterAsync("add-metadata", TinyModels.Adding(1));

        using var server = await app.Http.GetAsync("v2");
        using var model = await app.Http.GetAsync("v2/models/add-metadata");
        using var ready = await app.Http.GetAsync("v2/models/add-metadata/versions/1/ready");

        (await server.ReadJsonAsync()).GetProperty("extensions").GetRawText().ShouldBe("""["binary_tensor_data","he_ckks"]""");
        (await model.Content.ReadAsStringAsync()).ShouldBe(
            """{"name":"add-metadata","versions":["1"],"platform":"onnx_onnxv1","inputs":[{"name":"x","datatype":"FP32","shape":[-1,2]}],"outputs":[{"name":"y","datatype":"FP32","shape":[-1,2]}]}""");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.ReadJsonAsync()).GetProperty("ready").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Health_WithoutKey_IsAnsweredAndInferenceIsNot()
    {
        using var anonymous = new HttpClient { BaseAddress = app.Http.BaseAddress };

        using var live = await anonymous.GetAsync("v2/health/live");
        using var ready = await anonymous.GetAsync("v2/health/ready");
        using var infer = await anonymous.PostAsync("v2/models/any/infer", new StringContent(Request));

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        infer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Infer_PreferringAsync_IsAcceptedRunAndAnsweredLater()
    {
        await app.RegisterAsync("add-later", TinyModels.Adding(0.5f));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/add-later/infer") { Content = new StringContent(Request) };
        request.Headers.Add("Prefer", "respond-async, wait=1");

        using var accepted = await app.Http.SendAsync(request);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var operation = new Uri(accepted.Headers.GetValues("Operation-Location").Single());
        operation.IsAbsoluteUri.ShouldBeTrue();
        await app.UntilAsync(async () =>
        {
            using var status = await app.Http.GetAsync(operation);
            return (await status.ReadJsonAsync()).GetProperty("status").GetString() == "Succeeded";
        });

        using var result = await app.Http.GetAsync($"{operation.AbsolutePath}/result");
        (await result.Content.ReadAsStringAsync()).ShouldBe(
            """{"model_name":"add-later","model_version":"1","id":"42","outputs":[{"name":"y","datatype":"FP32","shape":[2,2],"data":[1.5,2.5,3.5,4.5]}]}""");
    }

    [Fact]
    public async Task Drop_IntoRequests_BecomesPredictionsAndIsRemoved()
    {
        await app.RegisterAsync("add-batch", TinyModels.Adding(0.5f));
        var drop = app.Storage.Container("requests").GetBlobClient("add-batch/rows.csv");
        await drop.UploadAsync(BinaryData.FromString("a,b\n1,2\n3,x\n5,6\n"));

        await app.UntilAsync(async () => !await drop.ExistsAsync());

        var results = app.Storage.Container("results");
        (await results.GetBlobClient("add-batch/rows.csv.jsonl").DownloadContentAsync()).Value.Content.ToString()
            .ShouldBe("{\"line\":2,\"y\":[1.5,2.5]}\n{\"line\":4,\"y\":[5.5,6.5]}\n");
        (await results.GetBlobClient("add-batch/rows.csv.errors.jsonl").DownloadContentAsync()).Value.Content.ToString()
            .ShouldBe("{\"line\":3,\"reason\":\"'b' is no number\"}\n");
    }
}
