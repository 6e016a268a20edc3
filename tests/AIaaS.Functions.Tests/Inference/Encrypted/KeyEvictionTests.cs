using System.Net;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>H7: more keys than memory for them; what is evicted comes back whole, and nobody gets another's.</summary>
public sealed class KeyEvictionTests(RunningApp app)
{
    private const int Clients = 4;
    private const int Rounds = 3;

    [Fact]
    public async Task Infer_FourClientsWithMemoryForTwo_AreAllAnsweredRight()
    {
        await app.PublishAsync("enc-eviction", EncryptedModels.Mlp);
        var clients = new List<EncryptedClient>();
        for (var index = 0; index < Clients; index++)
        {
            clients.Add(await EncryptedClient.ReadAsync(app, "enc-eviction"));
            await clients[index].UploadAsync();
        }
        using var shown = await app.Http.GetAsync($"evaluation-keys/{clients[0].Keys.Id}");
        var bytes = (await shown.ReadJsonAsync()).GetProperty("keys").GetProperty("memoryBytes").GetInt64();
        await using var small = await app.StartAnotherAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["EvaluationKeys__CacheBytes"] = $"{bytes * 5 / 2}" });

        var busy = 0;
        await Parallel.ForEachAsync(clients.SelectMany(client => Enumerable.Range(0, Rounds).Select(round => (client, round))), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (work, token) =>
        {
            var input = EncryptedModels.Mlp.Input(work.round);
            var tensor = EncryptedClient.Tensor(work.client.Encrypt(input));
            HttpResponseMessage answer;
            while ((answer = await work.client.SendAsync(work.client.Json(tensor, 1), tensor, http: small.Client)).StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                answer.Headers.GetValues("x-ms-error-code").ShouldBe(["Busy"]);
                Interlocked.Increment(ref busy).ShouldBeLessThan(10_000);
                answer.Dispose();
            }
            using (answer)
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(token));
                var scores = work.client.Unpack(work.client.Decrypt(await EncryptedClient.ReadAsync(answer)));
                EncryptedModels.Mlp.Forward(input)[^1].Zip(scores, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(8 * work.client.Error);
            }
        });
        clients.ForEach(client => client.Dispose());
    }
}
