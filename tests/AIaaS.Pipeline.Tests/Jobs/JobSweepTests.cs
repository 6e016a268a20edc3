using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Jobs;

[Collection(JobsTable.Name)]
public sealed class JobSweepTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Run_JobRecordedButNotAnnounced_SendsItsMessageOnce()
    {
        await using var host = await StartAsync();
        await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted("sweep-insert", at: host.Clock.GetUtcNow()), None);
        (await host.Get<JobSweep>().RunAsync(None)).Sent.ShouldBe(0, "its submitter may be about to send it");
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await host.Get<JobSweep>().RunAsync(None)).Sent.ShouldBe(1);
        (await host.Get<JobSweep>().RunAsync(None)).Sent.ShouldBe(0);
        (await JobsTable.ReceiveAllAsync(host)).ShouldBe(["sweep-insert"]);
    }

    [Fact]
    public async Task Run_MessageLostByTheQueue_SendsItAgainAfterAWhile()
    {
        await using var host = await StartAsync();
        await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted("sweep-lost", at: host.Clock.GetUtcNow()), None);
        await host.Get<JobStore>().NoteEnqueuedAsync("sweep-lost", None);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        (await host.Get<JobSweep>().RunAsync(None)).Sent.ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await host.Get<JobSweep>().RunAsync(None)).Sent.ShouldBe(1);
        (await JobsTable.ReceiveAllAsync(host)).ShouldBe(["sweep-lost"]);
    }

    [Fact]
    public async Task Run_VanishedWorkersOfJobsThatShallEnd_EndsThem()
    {
        await using var host = await StartAsync();
        var store = host.Get<JobStore>();
        await store.InsertAsync(JobSamples.NotStarted("sweep-exhausted", maxAttempts: 1), None);
        await store.ClaimAsync("sweep-exhausted", None);
        await store.InsertAsync(JobSamples.NotStarted("sweep-canceled"), None);
        await store.ClaimAsync("sweep-canceled", None);
        await store.RequestCancelAsync("sweep-canceled", None);
        (await host.Get<JobSweep>().RunAsync(None)).Ended.ShouldBe(0, "their workers are alive");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await host.Get<JobSweep>().RunAsync(None)).Ended.ShouldBe(2);
        (await store.GetAsync("sweep-exhausted", None)).Error!.Code.ShouldBe("JobAttemptsExhausted");
        (await store.GetAsync("sweep-canceled", None)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task Run_CommittedButUnpublishedJob_PublishesItOnce()
    {
        await using var host = await StartAsync();
        await CommitAsync(host, "sweep-publish", "sweep-model");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var sweeps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Get<JobSweep>().RunAsync(None)));
        sweeps.Sum(sweep => sweep.Published).ShouldBe(1);
        var job = await host.Get<JobStore>().GetAsync("sweep-publish", None);
        (job.Status, job.ModelVersion).ShouldBe((JobStatus.Succeeded, 1));
        var version = await host.Get<ModelRegistry>().ResolveAsync("sweep-model", null, None);
        version.Metrics["accuracy"].ShouldBe(0.5);
        version.SizeBytes.ShouldBe(7);
    }

    [Fact]
    public async Task Run_CommittedModelWhoseKeyIsGone_FailsTheJobAndGoesOnWithOthers()
    {
        await using var host = await StartAsync();
        await CommitAsync(host, "sweep-shredded", "sweep-gone");
        await CommitAsync(host, "sweep-whole", "sweep-there");
        await host.Get<VaultKeys>().DeleteAsync(VaultScope.Model("sweep-gone"), None);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var sweep = await host.Get<JobSweep>().RunAsync(None);
        (sweep.Ended, sweep.Published).ShouldBe((1, 1));
        (await host.Get<JobStore>().GetAsync("sweep-shredded", None)).Error!.Code.ShouldBe(ProblemCodes.KeyNotFound.Code);
    }

    [Fact]
    public async Task Claim_OfALiveWorkersJob_LeavesAMessageForTheEndOfItsLease()
    {
        await using var host = await StartAsync();
        // The queue's own clock is the wall's: a lease that ended long ago by it makes the message due at once.
        await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted("sweep-busy", at: host.Clock.GetUtcNow()), None);
        await host.Get<JobStore>().ClaimAsync("sweep-busy", None);
        for (var i = 0; i < 5; i++) (await host.Get<JobStore>().ClaimAsync("sweep-busy", None)).ShouldBeNull();
        (await JobsTable.ReceiveAllAsync(host)).ShouldBe(["sweep-busy"]);
    }

    private async Task<PipelineHost> StartAsync()
    {
        var host = await PipelineHost.StartAsync(azurite, at: DateTimeOffset.UnixEpoch.AddYears(40));
        await JobsTable.ClearAsync(host);
        return host;
    }

    private static async Task CommitAsync(PipelineHost host, string id, string model)
    {
        var job = JobSamples.NotStarted(id);
        await host.Get<JobStore>().InsertAsync(job with { Spec = job.Spec with { Model = model } }, None);
        var lease = (await host.Get<JobStore>().ClaimAsync(id, None))!;
        var writer = await host.Get<VaultStore>().OpenWriterAsync(VaultScope.Model(model), None);
        var folder = $"jobs/{id}/{lease.Fence}";
        var blob = await writer.WriteAsync($"models/{model}/{folder}/model.onnx", new byte[7], None);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal) { [JobPublication.MetricsProperty] = """{"accuracy":0.5}""" };
        await lease.CommitAsync(await writer.CommitAsync(folder, [blob], properties, None), None);
    }
}
