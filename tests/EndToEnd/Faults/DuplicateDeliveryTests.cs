using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Messaging.ServiceBus;

namespace AIaaS.EndToEnd.Faults;

/// <summary>Every message ten times, to eight workers at once: one dataset version, one job, one model version.</summary>
public sealed class DuplicateDeliveryTests(ManyAccounts accounts) : IClassFixture<ManyAccounts>
{
    private const int Copies = 10;
    private const int Workers = 8;

    [Fact]
    public async Task MainJob_EveryMessageTenTimes_HasOneEffect()
    {
        await using var world = new World(accounts.Next());
        await using var client = await Client.StartAsync(world);
        await client.PutDatasetAsync(World.Flowers(1));
        var before = await client.UntilReadyAsync();

        await SendAsync(world, StorageLayout.IngestionQueue, """{"dataset":"flowers"}""", Copies);
        await client.UntilAsync(() => Task.FromResult(Ingestions(client) >= 1 + Copies), "every copy was worked on");
        var after = await world.Datasets.GetAsync(World.Name, default);
        (after.Version, after.Digest, after.ManifestBlob, after.Status).ShouldBe((before.Version, before.Digest, before.ManifestBlob, DatasetStatus.Ready));

        await client.PutJobAsync(World.Job(1));
        await SendAsync(world, StorageLayout.TrainingQueue, """{"jobId":"one"}""", Copies - 1);
        while (await HasMessagesAsync(world) || !(await world.Jobs.GetAsync("one", default)).IsFinal)
        {
            var runs = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => TrainerProcess.RunAsync(world.Settings, cancellationToken: client.Token)));
            runs.ShouldAllBe(run => run.ExitCode == 0);
        }

        var job = await world.Jobs.GetAsync("one", default);
        (job.Status, job.Attempt).ShouldBe((JobStatus.Succeeded, 1));
        (await world.Models.GetAsync(World.Name, default))!.Versions.Count.ShouldBe(1);
        (await world.DeadLettersAsync(StorageLayout.TrainingQueue)).ShouldBeEmpty();
        (await world.DeadLettersAsync(StorageLayout.IngestionQueue)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ingestion_EightCopiesAtOnce_HasOneEffect()
    {
        var eight = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls"] = $"{Workers}" };
        await using var world = new World(accounts.Next(), settings: eight);
        await world.Storage.EnsureCreatedAsync(default);
        await world.Storage.Container(StorageLayout.DatasetsContainer).GetBlobClient($"{World.Name}/flowers.csv").UploadAsync(BinaryData.FromBytes(World.Flowers(1)));
        // All are there before the app is, so that it takes them at once.
        await SendAsync(world, StorageLayout.IngestionQueue, """{"dataset":"flowers"}""", Workers);

        await using var client = await Client.StartAsync(world);
        await client.UntilAsync(() => Task.FromResult(Ingestions(client) >= Workers), "every copy was worked on");
        var ready = await client.UntilReadyAsync();

        (client.Log.Split("is Ready with")[0].Split("is being looked at").Length - 1).ShouldBeGreaterThanOrEqualTo(Workers, "begun before the first had ended");
        var after = await world.Datasets.GetAsync(World.Name, default);
        (after.Version, after.Rows, after.Status).ShouldBe((ready.Version, 120, DatasetStatus.Ready));
        (await world.VaultAsync($"datasets/{World.Name}/v/")).Select(blob => blob.Split('/')[3]).Distinct().ShouldBe([after.Version]);
        (await world.DeadLettersAsync(StorageLayout.IngestionQueue)).ShouldBeEmpty();
    }

    [Fact]
    public async Task JobFile_PutEightTimesAtOnce_IsOneJob()
    {
        await using var world = new World(accounts.Next());
        await using var client = await Client.StartAsync(world);
        await client.PutDatasetAsync(World.Flowers(1));
        await client.UntilReadyAsync();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => client.PutJobAsync(World.Job(1))));

        (await world.Jobs.ListAsync(default).CountAsync()).ShouldBe(1);
        await using var receiver = world.Queues.CreateReceiver(StorageLayout.TrainingQueue);
        (await receiver.PeekMessagesAsync(20)).Count.ShouldBe(1);
    }

    private static int Ingestions(Client client) => client.Log.Split("is Ready with").Length - 1;

    private static async Task<bool> HasMessagesAsync(World world)
    {
        await using var receiver = world.Queues.CreateReceiver(StorageLayout.TrainingQueue);
        return await receiver.PeekMessageAsync() is not null;
    }

    private static async Task SendAsync(World world, string queue, string body, int copies)
    {
        await using var sender = world.Queues.CreateSender(queue);
        // Other ids than the first: the broker's own duplicate detection is not what is tested.
        for (var copy = 0; copy < copies; copy++)
            await sender.SendMessageAsync(new ServiceBusMessage(body) { MessageId = $"copy-{copy}" });
    }
}
