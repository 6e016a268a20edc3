using System.Net;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>The extension he_ckks over the wire, against the same network in the clear.</summary>
public sealed class EncryptedInferenceTests(RunningApp app, EncryptedModelFixture model)
{
    [Theory]
    [InlineData("enc-mlp", 60)]
    [InlineData("enc-cnn", 15)]
    public async Task Infer_EncryptedInputs_AgreesWithTheClearNetwork(string name, int count)
    {
        var network = name == "enc-mlp" ? EncryptedModels.Mlp : EncryptedModels.Cnn;
        await app.PublishAsync(name, network);
        using var client = await EncryptedClient.ReadAsync(app, name);
        await client.UploadAsync();

        var squares = 0.0;
        for (var seed = 0; seed < count; seed++)
        {
            var input = network.Input(seed);
            var clear = network.Forward(input)[^1];
            var encrypted = await client.PredictAsync(input);
            var error = clear.Zip(encrypted, (left, right) => Math.Abs(left - right)).Max();
            error.ShouldBeLessThan(8 * client.Error, $"input {seed}");
            Agree(clear, encrypted, 4 * client.Error).ShouldBeTrue($"input {seed}");
            squares += clear.Zip(encrypted, (left, right) => (left - right) * (left - right)).Sum();
        }
        Math.Sqrt(squares / count / 10).ShouldBeLessThan(2 * client.Error, "the error is about as predicted");
    }

    [Fact]
    public async Task Reply_WhatIsNoResult_IsRandomAndNewEveryTime()
    {
        var client = await model.ClientAsync(app);
        var request = client.Encrypt(EncryptedModels.Mlp.Input(2));

        var replies = new List<double[]>();
        for (var time = 0; time < 3; time++)
        {
            using var answer = await client.SendAsync(request);
            replies.Add(client.Decrypt(await EncryptedClient.ReadAsync(answer))[0]);
        }

        var results = client.ResultSlots(0);
        results.Count.ShouldBe(10);
        var others = Enumerable.Range(0, replies[0].Length).Where(slot => !results.Contains(slot)).ToArray();
        foreach (var slot in results) replies.Max(reply => reply[slot]).ShouldBe(replies.Min(reply => reply[slot]), 8 * client.Error);
        var amplitude = replies.Max(reply => others.Max(slot => Math.Abs(reply[slot])));
        foreach (var reply in replies)
        {
            // Uniform in [-B, B]: mean 0, deviation B / sqrt 3, each within five of its own deviations.
            var values = Array.ConvertAll(others, slot => reply[slot] / amplitude);
            Math.Abs(values.Average()).ShouldBeLessThan(5 / Math.Sqrt(3.0 * values.Length));
            values.Average(value => value * value).ShouldBe(1 / 3.0, 5 * Math.Sqrt(4 / 45.0 / values.Length) + 0.01);
        }
        var products = others.Average(slot => replies[0][slot] * replies[1][slot] / amplitude / amplitude);
        Math.Abs(products).ShouldBeLessThan(5 / 3.0 / Math.Sqrt(others.Length), "two replies have nothing in common");
        amplitude.ShouldBeGreaterThan(100 * EncryptedModels.Mlp.Forward(EncryptedModels.Mlp.Input(2))[^1].Max(Math.Abs), "what is hidden is small against it");
    }

    [Fact]
    public async Task Infer_Later_GivesTheSameAnswerFromTheQueue()
    {
        var client = await model.ClientAsync(app);
        var input = EncryptedModels.Mlp.Input(3);

        using var accepted = await client.SendAsync(client.Encrypt(input), request => request.Headers.Add("Prefer", "respond-async"));

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        var slots = await OperationResultAsync(accepted, client);
        Agree(EncryptedModels.Mlp.Forward(input)[^1], client.Unpack(slots), 4 * client.Error).ShouldBeTrue();
    }

    [Fact]
    public async Task Infer_ByAnotherProcess_FindsKeysInStorageAndQueuesWhatIsSlow()
    {
        var client = await model.ClientAsync(app);
        var input = EncryptedModels.Mlp.Input(4);
        await using var cold = await app.StartAnotherAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Inference__EncryptedTimeLimit"] = "00:00:00" });
        var tensor = EncryptedClient.Tensor(client.Encrypt(input));

        using var accepted = await client.SendAsync(client.Json(tensor, 1), tensor, http: cold.Client);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        accepted.Headers.GetValues("Operation-Location").Single().ShouldContain("/operations/");
        var slots = await OperationResultAsync(accepted, client);
        Agree(EncryptedModels.Mlp.Forward(input)[^1], client.Unpack(slots), 4 * client.Error).ShouldBeTrue();
    }

    [Fact]
    public async Task Model_Deleted_AnswersNoEncryptedRequestEither()
    {
        await app.PublishAsync("enc-deleted", EncryptedModels.Mlp);
        using var client = await EncryptedClient.ReadAsync(app, "enc-deleted");
        await client.UploadAsync();
        await client.PredictAsync(EncryptedModels.Mlp.Input(5));

        using var deleted = await app.Http.DeleteAsync("models/enc-deleted");
        using var answer = await client.SendAsync(client.Encrypt(EncryptedModels.Mlp.Input(5)));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<double[][]> OperationResultAsync(HttpResponseMessage accepted, EncryptedClient client)
    {
        var id = (await accepted.ReadJsonAsync()).GetProperty("id").GetString()!;
        string? status = null;
        await app.UntilAsync(async () =>
        {
            using var monitor = await app.Http.GetAsync($"operations/{id}");
            var body = await monitor.ReadJsonAsync();
            status = body.GetRawText();
            return body.GetProperty("status").GetString() is "Succeeded" or "Failed";
        });
        status!.ShouldContain("Succeeded");
        using var result = await app.Http.GetAsync($"operations/{id}/result");
        return client.Decrypt(await EncryptedClient.ReadAsync(result));
    }

    /// <summary>The same class, unless two are closer than what the error may turn.</summary>
    private static bool Agree(double[] clear, double[] encrypted, double margin)
    {
        var first = Array.IndexOf(clear, clear.Max());
        var other = Array.IndexOf(encrypted, encrypted.Max());
        return clear[first] - clear[other] <= margin;
    }
}
