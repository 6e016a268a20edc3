using System.Text.Json.Nodes;
using AIaaS.NodeSeal;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>The real SEAL as the client, in WebAssembly as in a browser.</summary>
public sealed class BrowserTests(RunningApp app)
{
    [Fact]
    public async Task NodeSeal_KeysAndCiphertextsOfItsOwn_AgreeWithTheClearNetwork()
    {
        await app.PublishAsync("enc-browser", EncryptedModels.Mlp);
        using var client = await EncryptedClient.ReadAsync(app, "enc-browser");
        await using var browser = await NodeSealProcess.StartAsync(ProjectRoot.Path, "interop.mjs", TestContext.Current.CancellationToken);
        var made = await CallAsync(browser, new JsonObject
        {
            ["do"] = "browser",
            ["parameters"] = Convert.ToBase64String(client.Parameters),
            ["steps"] = new JsonArray([.. client.Steps.Select(step => (JsonNode)step)]),
        });
        client.Keys = new EvaluationKeyFile([.. client.Parameters, .. Bytes(made, "relinearizationKey"), .. Bytes(made, "galoisKeys")]);
        await client.UploadAsync();

        for (var seed = 0; seed < 5; seed++)
        {
            var input = EncryptedModels.Mlp.Input(seed);
            var slots = new JsonArray([.. client.Pack(input)[0].Select(value => (JsonNode)value)]);
            var encrypted = await CallAsync(browser, new JsonObject { ["do"] = "browserEncrypt", ["values"] = slots, ["scale"] = client.Scale });
            using var answer = await client.SendAsync([Bytes(encrypted, "data")]);
            ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
            var reply = (await EncryptedClient.ReadAsync(answer)).Single();
            var decrypted = await CallAsync(browser, new JsonObject { ["do"] = "browserDecrypt", ["data"] = Convert.ToBase64String(reply) });

            var scores = client.Unpack([[.. decrypted["values"]!.AsArray().Select(value => value!.GetValue<double>())]]);
            var clear = EncryptedModels.Mlp.Forward(input)[^1];
            clear.Zip(scores, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(8 * client.Error, $"input {seed}");
        }
    }

    private static byte[] Bytes(JsonObject answer, string name) => Convert.FromBase64String(answer[name]!.GetValue<string>());

    private static Task<JsonObject> CallAsync(NodeSealProcess browser, JsonObject request) => browser.CallAsync(request, TestContext.Current.CancellationToken);
}
