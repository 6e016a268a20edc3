using System.Text.Json;
using AIaaS.Testing;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Blobs;

public sealed class BlobTriggerTests(AzuriteFixture azurite)
{
    private readonly string _name = $"blobs-{Guid.NewGuid():N}";
    private readonly BlobRuns _runs = new();

    [Fact]
    public async Task BlobTrigger_NewAndOverwrittenBlobs_RunOncePerVersion()
    {
        var container = await ContainerAsync();
        await container.GetBlobClient("digits/a ö.csv").UploadAsync(BinaryData.FromString("1"));
        await container.UploadBlobAsync("ignored.csv", BinaryData.FromString("no folder: does not match"));
        await using var host = await StartAsync();
        await Eventually.HoldsAsync(() => _runs.Done.Count == 1, "the blob that was there is run");
        await container.GetBlobClient("digits/a ö.csv").UploadAsync(BinaryData.FromString("2"), overwrite: true);
        await container.UploadBlobAsync("digits/b.csv", BinaryData.FromString("3"));
        await Eventually.HoldsAsync(() => _runs.Done.Count == 3, "the new version and the new blob are run");
        await ScansAsync(container, host);
        _runs.Done.Order(StringComparer.Ordinal).ShouldBe(["digits|a ö.csv|1", "digits|a ö.csv|2", "digits|b.csv|3"]);
    }

    [Fact]
    public async Task BlobTrigger_ContainerMadeLater_IsListenedTo()
    {
        await using var host = await StartAsync();
        var container = await ContainerAsync();
        await container.UploadBlobAsync("d/late", BinaryData.FromString("x"));
        await Eventually.HoldsAsync(() => _runs.Done.Count == 1, "the blob in the late container is run");
    }

    [Fact]
    public async Task BlobTrigger_Restart_NeitherLosesNorRepeats()
    {
        var container = await ContainerAsync();
        for (var i = 0; i < 5; i++) await container.UploadBlobAsync($"d/{i}", BinaryData.FromString("x"));
        await using (await StartAsync()) await Eventually.HoldsAsync(() => _runs.Done.Count == 5, "the first five are run");
        for (var i = 5; i < 10; i++) await container.UploadBlobAsync($"d/{i}", BinaryData.FromString("x"));
        await using var second = await StartAsync();
        await Eventually.HoldsAsync(() => _runs.Done.Count == 10, "the five added while nothing ran are run");
        await ScansAsync(container, second);
        _runs.Begun.Where(run => !run.StartsWith("d|probe", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 10).Select(i => $"d|{i}|x"));
    }

    [Fact]
    public async Task BlobTrigger_TwoHosts_RunEachBlobOnce()
    {
        var container = await ContainerAsync();
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        for (var i = 0; i < 20; i++) await container.UploadBlobAsync($"d/{i:00}", BinaryData.FromString("x"));
        await Eventually.HoldsAsync(() => _runs.Done.Count >= 20, "all are run");
        await ScansAsync(container, first);
        _runs.Begun.Where(run => !run.StartsWith("d|probe", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 20).Select(i => $"d|{i:00}|x"));
    }

    [Fact]
    public async Task BlobTrigger_AlwaysFails_IsTriedToTheThresholdThenNamedInThePoisonQueue()
    {
        _runs.Work = (_, _) => throw new InvalidOperationException("always");
        var container = await ContainerAsync();
        await container.UploadBlobAsync("d/bad", BinaryData.FromString("x"));
        await using var host = await StartAsync(threshold: 3);
        var poison = await PoisonAsync();
        poison.GetProperty("BlobName").GetString().ShouldBe("d/bad");
        poison.GetProperty("ContainerName").GetString().ShouldBe(_name);
        poison.GetProperty("FunctionId").GetString().ShouldBe("TakeBlob");
        _runs.Begun.Count.ShouldBe(3);
        await ScansAsync(container, host, works: false);
        _runs.Begun.Count(run => run == "d|bad|x").ShouldBe(3);
    }

    [Fact]
    public async Task BlobTrigger_RestartBetweenAttempts_RemembersTheirNumber()
    {
        var failing = true;
        _runs.Work = (_, _) => failing ? throw new InvalidOperationException("always") : Task.CompletedTask;
        var container = await ContainerAsync();
        await container.UploadBlobAsync("d/bad", BinaryData.FromString("x"));
        await using (await StartAsync(threshold: 1000)) await Eventually.HoldsAsync(() => _runs.Begun.Count >= 2, "it has failed twice");
        var attempts = _runs.Begun.Count;
        await using var second = await StartAsync(threshold: attempts);
        await PoisonAsync();
        _runs.Begun.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task BlobTrigger_MaxDegreeOfParallelism_IsNotExceeded()
    {
        var release = new TaskCompletionSource();
        _runs.Work = (_, _) => release.Task;
        var container = await ContainerAsync();
        for (var i = 0; i < 6; i++) await container.UploadBlobAsync($"d/{i}", BinaryData.FromString("x"));
        await using var host = await StartAsync(parallel: 2);
        await Eventually.HoldsAsync(() => _runs.Begun.Count == 2, "two are running");
        release.SetResult();
        await Eventually.HoldsAsync(() => _runs.Done.Count == 6, "all are run");
        _runs.MostAtOnce.ShouldBe(2);
    }

    [Fact]
    public async Task BlobTrigger_StopWhileRunning_WaitsForTheFunction()
    {
        var release = new TaskCompletionSource();
        _runs.Work = (_, _) => release.Task;
        var container = await ContainerAsync();
        await container.UploadBlobAsync("d/slow", BinaryData.FromString("x"));
        await using var host = await StartAsync();
        await Eventually.HoldsAsync(() => _runs.Begun.Count == 1, "it is running");
        var stopping = host.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await stopping;
        _runs.Done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task BlobTrigger_StopLongerThanTheDrain_CancelsAndRunsAgainLater()
    {
        _runs.Work = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        var container = await ContainerAsync();
        await container.UploadBlobAsync("d/endless", BinaryData.FromString("x"));
        await using (var host = await StartAsync(drain: TimeSpan.FromMilliseconds(200)))
        {
            await Eventually.HoldsAsync(() => _runs.Begun.Count == 1, "it is running");
            await host.StopAsync();
        }
        _runs.Done.ShouldBeEmpty();
        _runs.Work = (_, _) => Task.CompletedTask;
        await using var second = await StartAsync(threshold: 1);
        await Eventually.HoldsAsync(() => _runs.Done.Count == 1, "it is run again, and the cancelled attempt does not count");
    }

    /// <summary>Returns after the host has listed the container anew: it has run for a blob that was added after all others were done.</summary>
    private async Task ScansAsync(BlobContainerClient container, RunningHost host, bool works = true)
    {
        host.ShouldNotBeNull();
        for (var i = 0; i < 2; i++)
        {
            var probe = $"probe-{Guid.NewGuid():N}";
            await container.UploadBlobAsync($"d/{probe}", BinaryData.FromString("x"));
            await Eventually.HoldsAsync(() => (works ? _runs.Done : _runs.Begun).Any(run => run.Contains(probe)), "the probe is run");
        }
        if (!works) return;
        var rest = _runs.Done.Where(run => !run.Contains("probe")).ToList();
        _runs.Done.Clear();
        rest.ForEach(_runs.Done.Enqueue);
    }

    private async Task<BlobContainerClient> ContainerAsync()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, _name);
        await container.CreateIfNotExistsAsync();
        return container;
    }

    private async Task<JsonElement> PoisonAsync()
    {
        var queue = new QueueClient(azurite.ConnectionString, "webjobs-blobtrigger-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        JsonElement found = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                if (!await queue.ExistsAsync()) return false;
                // Other tests' messages stay visible to them.
                foreach (var message in (await queue.PeekMessagesAsync(32)).Value)
                {
                    var poison = JsonSerializer.Deserialize<JsonElement>(message.Body.ToString());
                    if (poison.GetProperty("ContainerName").GetString() == _name) found = poison;
                }
                return found.ValueKind == JsonValueKind.Object;
            },
            "the blob is named in the poison queue");
        return found;
    }

    private Task<RunningHost> StartAsync(int threshold = 5, int parallel = 4, TimeSpan? drain = null)
    {
        var plan = HostPlan.WithStorage(azurite, _name, typeof(BlobFunctions));
        return RunningHost.StartAsync(plan with
        {
            Settings = [.. plan.Settings, $"container={_name}"],
            HostJson = $$"""{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": {{parallel}}, "poisonBlobThreshold": {{threshold}} } } }""",
            Configure = builder => builder.Services.AddSingleton(_runs),
            Options = plan.Options with { DrainTimeout = drain ?? plan.Options.DrainTimeout },
        });
    }
}
