using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Storage;

namespace AIaaS.EndToEnd.Faults;

/// <summary>Drops that no event announces: the sweep finds every one.</summary>
/// <remarks>Two hundred of them with: dotnet run --project tests/EndToEnd -- -explicit only -class "*MissedEventsTests"</remarks>
public sealed class MissedEventsTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    [Fact]
    public Task Sweep_TenDropsWithoutEvents_IngestsAll() => CheckAsync(10, TimeSpan.FromMinutes(3));

    [Fact(Explicit = true)]
    public Task Sweep_TwoHundredDropsWithoutEvents_IngestsAll() => CheckAsync(200, TimeSpan.FromMinutes(30));

    private async Task CheckAsync(int drops, TimeSpan limit)
    {
        await using var world = new World(accounts.Next(), settings: new Dictionary<string, string?> { ["AzureWebJobs.DatasetDropped.Disabled"] = "true" });
        await world.Storage.EnsureCreatedAsync(default);
        var container = world.Storage.Container(StorageLayout.DatasetsContainer);
        for (var drop = 0; drop < drops; drop++)
            await container.GetBlobClient($"lost-{drop}/data.csv").UploadAsync(new BinaryData(World.Flowers(drop)));
        await using var client = await Client.StartAsync(world, limit);

        await client.UntilAsync(async () => await world.Datasets.ListAsync(client.Token).CountAsync(dataset => dataset.Status == DatasetStatus.Ready, client.Token) == drops, "all are ready");
        await client.UntilAsync(async () => (await world.DropsAsync()).Count == 0, "nothing is left in the clear");
    }
}
