using System.Net;
using System.Text;
using AIaaS.Functions.Tests.Models;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>H2, T4: requests whose parts do not belong together, and bodies that are none.</summary>
public sealed class EncryptedRequestRefusalTests(RunningApp app, EncryptedModelFixture model)
{
    [Fact]
    public async Task Keys_ThatDoNotFit_AreToldWhich()
    {
        var client = await model.ClientAsync(app);
        var missing = new string('0', 64);
        var other = await UploadAsync(EncryptedKeys(CkksParameters.Create(8192, [50, 40, 40, 50]), client.Steps));
        var lacking = await UploadAsync(client.MakeKeys(client.Steps[..^2]));
        var begun = new string('b', 64);
        using var part = new ByteArrayContent(new byte[4 << 20]);
        part.Headers.TryAddWithoutValidation("Content-Range", "bytes 0-4194303/8388608");
        (await app.Http.PutAsync($"evaluation-keys/{begun}", part)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (string Keys, string Code, string Says)[] cases =
        [
            (missing, "EvaluationKeysNotFound", missing),
            (other, "EvaluationKeysMismatch", "another parameter set"),
            (lacking, "EvaluationKeysLackRotation", $"lack the rotations by {client.Steps[^2]}, {client.Steps[^1]}"),
            (begun, "EvaluationKeysIncomplete", begun),
            ("no digest", "InvalidName", "SHA-256"),
        ];
        foreach (var (keys, code, says) in cases) await RefusedAsync(client, code, says, (tensor, json) => json with { Keys = keys });
    }

    [Fact]
    public async Task Keys_OfAnotherCaller_AreNotThere()
    {
        var client = await model.ClientAsync(app);
        using var stranger = app.OtherCaller();
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var key = stranger.DefaultRequestHeaders.GetValues("x-functions-key").Single();
        var binding = Pipeline.Inference.Encrypted.EncryptedBinding.Compute(key, client.Model, client.Version, client.Keys.Id, "7", tensor);

        using var answer = await client.SendAsync(client.Json(tensor, 1, binding: binding), tensor, http: stranger);

        answer.Headers.GetValues("x-ms-error-code").ShouldBe(["EvaluationKeysNotFound"]);
    }

    [Fact]
    public async Task Binding_ToAnythingElse_IsRefused()
    {
        var client = await model.ClientAsync(app);
        await app.PublishAsync("enc-neighbour", EncryptedModels.Mlp);
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var binding = Pipeline.Inference.Encrypted.EncryptedBinding.Compute(app.Key, client.Model, client.Version, client.Keys.Id, "7", tensor);
        var second = await UploadAsync(client.MakeKeys(client.Steps));

        await RefusedAsync(client, "CiphertextMismatch", "model 'enc-neighbour'", (_, json) => json with { Model = "enc-neighbour" });
        await RefusedAsync(client, "CiphertextMismatch", "version '9'", (_, json) => json with { Version = "9" });
        await RefusedAsync(client, "CiphertextMismatch", "does not belong to this request", (_, json) => json with { Binding = binding, Id = "8" }, tensor);
        await RefusedAsync(client, "CiphertextMismatch", "does not belong to this request", (_, json) => json with { Binding = binding, Keys = second }, tensor);
        await RefusedAsync(client, "CiphertextMismatch", "does not belong to this request", (_, json) => json with { Binding = binding });
        await RefusedAsync(client, "CiphertextMismatch", "does not belong to this request", (_, json) => json with { Binding = "" });
        await RefusedAsync(client, "CiphertextMismatch", "model 'enc-refusals'", (_, json) => json, path: "v2/models/enc-neighbour/infer");
    }

    [Fact]
    public async Task Version_PublishedMeanwhile_IsToldAndTheOldOneStillAnswers()
    {
        await app.PublishAsync("enc-moving", EncryptedModels.Mlp);
        using var client = await EncryptedClient.ReadAsync(app, "enc-moving");
        await client.UploadAsync();
        await app.PublishAsync("enc-moving", EncryptedModels.Cnn);
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));

        await app.UntilAsync(async () =>
        {
            using var moved = await client.SendAsync(client.Json(tensor, 1), tensor);
            return moved.StatusCode == HttpStatusCode.BadRequest && (await moved.Content.ReadAsStringAsync()).Contains("version 2 answers", StringComparison.Ordinal);
        });
        using var old = await client.SendAsync(client.Json(tensor, 1), tensor, path: "v2/models/enc-moving/versions/1/infer");

        old.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Model_WithoutANetwork_SaysSo()
    {
        var client = await model.ClientAsync(app);
        await app.RegisterAsync("enc-none", TinyModels.Adding(1));
        using var metadata = await app.Http.GetAsync("v2/models/enc-none");

        await RefusedAsync(client, "EncryptionUnsupported", "does not answer on encrypted input", (_, json) => json with { Model = "enc-none" }, path: "v2/models/enc-none/infer");

        (await metadata.Content.ReadAsStringAsync()).ShouldNotContain("he_ckks");
    }

    [Fact]
    public async Task Json_ThatIsNoEncryptedRequest_IsTold()
    {
        var client = await model.ClientAsync(app);
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var good = Encoding.UTF8.GetString(client.Json(tensor, 1));
        (string Json, string Says)[] cases =
        [
            (good.Replace("\"ciphertexts\"", "\"image\"", StringComparison.Ordinal), "its name must be"),
            (good.Replace("BYTES", "FP32", StringComparison.Ordinal), "its datatype must be BYTES"),
            (good.Replace("[1]", "[1,1]", StringComparison.Ordinal), "its shape must be"),
            (good.Replace("[1]", "[-1]", StringComparison.Ordinal), "its shape must be"),
            (good.Replace("[1]", "[100000]", StringComparison.Ordinal), "its shape must be"),
            (good.Replace($":{tensor.Length}", $":{tensor.Length - 1}", StringComparison.Ordinal), "must be exactly that"),
            (good.Replace("\"binding\"", "\"bending\"", StringComparison.Ordinal), "'binding' is missing"),
            (good.Replace("\"shape\"", "\"data\":[\"AA==\"],\"shape\"", StringComparison.Ordinal), "binary tensor"),
            (good.Replace("\"inputs\"", "\"outputs\":[{\"name\":\"label\"}],\"inputs\"", StringComparison.Ordinal), "has one output"),
            (good.Replace("\"inputs\"", "\"outputs\":[{\"name\":\"ciphertexts\",\"parameters\":{\"binary_data\":false}}],\"inputs\"", StringComparison.Ordinal), "are binary"),
            (good.Replace("\"7\"", "7", StringComparison.Ordinal), "'id' is missing or no string"),
            (good.Replace("\"7\"", $"\"{new string('7', 300)}\"", StringComparison.Ordinal), "at most 256"),
            (good[..^1], ""),
            (good.Replace("\"id\":\"7\"", $"\"x\":{new string('[', 200)}", StringComparison.Ordinal), "depth is limited"),
        ];
        foreach (var (json, says) in cases)
        {
            using var answer = await client.SendAsync(Encoding.UTF8.GetBytes(json), tensor);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, says);
            (await answer.ReadJsonAsync()).GetProperty("error").GetString()!.ShouldContain(says);
        }
    }

    [Fact]
    public async Task Body_OfOtherLengthThanItSays_IsTold()
    {
        var client = await model.ClientAsync(app);
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var json = client.Json(tensor, 1);
        (Action<HttpRequestMessage> Change, HttpStatusCode Status)[] cases =
        [
            (request => Length(request, json.Length + tensor.Length + 1), HttpStatusCode.BadRequest),
            (request => Length(request, json.Length - 1), HttpStatusCode.BadRequest),
            (request => Length(request, -1), HttpStatusCode.BadRequest),
            (request => request.Content!.Headers.ContentEncoding.Add("gzip"), HttpStatusCode.BadRequest),
            (request => request.Content!.Headers.Remove("Inference-Header-Content-Length"), HttpStatusCode.BadRequest),
            (request => request.Headers.TransferEncodingChunked = true, HttpStatusCode.OK),
            (Large, HttpStatusCode.RequestEntityTooLarge),
        ];
        foreach (var (change, status) in cases)
        {
            using var answer = await client.SendAsync(json, tensor, change);
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Request_WithoutAKey_IsUnauthorized()
    {
        var client = await model.ClientAsync(app);
        using var stranger = new HttpClient { BaseAddress = app.Http.BaseAddress };
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));

        using var answer = await client.SendAsync(client.Json(tensor, 1), tensor, http: stranger);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static void Length(HttpRequestMessage request, int length)
    {
        request.Content!.Headers.Remove("Inference-Header-Content-Length");
        request.Content.Headers.Add("Inference-Header-Content-Length", length.ToString());
    }

    private static void Large(HttpRequestMessage request)
    {
        var content = new ByteArrayContent(new byte[(64 << 20) + 1]);
        content.Headers.Add("Inference-Header-Content-Length", request.Content!.Headers.GetValues("Inference-Header-Content-Length"));
        request.Content = content;
        request.Headers.ExpectContinue = true;
    }

    private static EvaluationKeyFile EncryptedKeys(CkksParameters parameters, IEnumerable<int> steps) => EvaluationKeyFile.Make(parameters, steps, Homomorphic.Wire.SealCompression.Zstd);

    private async Task<string> UploadAsync(EvaluationKeyFile file)
    {
        using var answer = await app.Http.PutAsync($"evaluation-keys/{file.Id}", new ByteArrayContent(file.Bytes));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return file.Id;
    }

    private static async Task RefusedAsync(EncryptedClient client, string code, string says, Func<byte[], Parts, Parts> change, byte[]? tensor = null, string? path = null)
    {
        tensor ??= EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var parts = change(tensor, new Parts());
        using var answer = await client.SendAsync(client.Json(tensor, 1, parts.Id, parts.Model, parts.Version, parts.Keys, parts.Binding), tensor, path: path);
        answer.Headers.GetValues("x-ms-error-code").ShouldBe([code], await answer.Content.ReadAsStringAsync());
        (await answer.ReadJsonAsync()).GetProperty("error").GetString()!.ShouldContain(says);
    }

    /// <summary>What a request says; null is what is right.</summary>
    private sealed record Parts(string Id = "7", string? Model = null, string? Version = null, string? Keys = null, string? Binding = null);
}
