using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace AIaaS.EndToEnd.Faults;

/// <summary>Strings that must not get out are planted in data, keys and predictions; then every log at its finest and everything at rest is searched.</summary>
public sealed class SecretsTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    private const string InData = "canary-value-52c1";
    private const string InRejectedRow = "canary-reject-9b7e";
    private const string InPrediction = "canary-predict-1f0d";
    private const string InJobFile = "canary-job-77aa";

    [Fact]
    public async Task MainJob_FinestLogs_HoldNoDataAndNoKeys()
    {
        await using var world = new World(accounts.Next(), settings: new Dictionary<string, string?> { ["Logging__LogLevel__Default"] = "Trace" });
        await using var client = await Client.StartAsync(world);
        await client.PutDatasetAsync(Table());
        await client.UntilReadyAsync();
        await RefusedJobAsync(client);
        await client.PutJobAsync(World.Job(1));
        var trainerLog = await client.TrainAsync();
        await PredictAsync(client);
        using (var byQuery = await client.Http.GetAsync($"datasets?code={client.Key}", client.Token)) byQuery.StatusCode.ShouldBe(HttpStatusCode.OK);

        string[] secrets = [InData, InRejectedRow, InPrediction, InJobFile, client.Key, AccountKey(world)];
        foreach (var log in (string[])[client.Log, trainerLog])
        {
            log.ShouldNotBeEmpty();
            secrets.Where(secret => log.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        }
        (await FindAtRestAsync(world, [InData, InRejectedRow, InPrediction])).ShouldBeEmpty();
    }

    private static byte[] Table()
    {
        var random = new Random(5);
        var text = new StringBuilder("length,colour,label\n");
        for (var row = 0; row < 200; row++)
            text.Append($"{row % 2 * 3 + random.NextDouble():0.000},{(row % 3 == 0 ? InData : "red")},{(row % 2 == 0 ? "aster" : "rose")}\n");
        text.Append($"1.5,red,aster,{InRejectedRow},one-cell-too-many\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task RefusedJobAsync(Client client)
    {
        using var content = new StringContent($"dataset: {World.Name}\n{InJobFile}: 1\n");
        using var answer = await client.Http.PutAsync("jobs/bad", content, client.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task PredictAsync(Client client)
    {
        using var content = new StringContent($$"""
            {"inputs":[{"name":"length","datatype":"FP64","shape":[1,1],"data":[3.2]},{"name":"colour","datatype":"BYTES","shape":[1,1],"data":["{{InPrediction}}"]}]}
            """);
        using var answer = await client.Http.PostAsync($"v2/models/{World.Name}/infer", content, client.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(client.Token));
    }

    private static string AccountKey(World world) =>
        world.Settings.Storage.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];

    /// <summary>"container/blob" and "table/row" of everything stored that holds one of <paramref name="secrets"/>.</summary>
    private static async Task<IReadOnlyList<string>> FindAtRestAsync(World world, string[] secrets)
    {
        var found = new List<string>();
        await foreach (var container in world.Storage.Blobs.GetBlobContainersAsync())
        {
            var client = world.Storage.Container(container.Name);
            await foreach (var blob in client.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }))
            {
                var content = Encoding.UTF8.GetString((await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
                if (secrets.Any(secret => content.Contains(secret, StringComparison.Ordinal) || blob.Metadata.Values.Any(value => value.Contains(secret, StringComparison.Ordinal))))
                    found.Add($"{container.Name}/{blob.Name}");
            }
        }
        await foreach (var table in world.Storage.Tables.QueryAsync())
        {
            await foreach (var row in world.Storage.Table(table.Name).QueryAsync<TableEntity>())
            {
                if (row.Select(pair => pair.Value).OfType<string>().Any(value => secrets.Any(secret => value.Contains(secret, StringComparison.Ordinal))))
                    found.Add($"{table.Name}/{row.RowKey}");
            }
        }
        return found;
    }
}
