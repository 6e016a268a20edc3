using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Jobs;

public sealed class JobStoreTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Get_AfterInsert_GivesTheSameRecord()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var store = host.Get<JobStore>();
        var job = JobSamples.NotStarted("store-get", at: host.Clock.GetUtcNow());
        (await store.InsertAsync(job, None)).ShouldBeTrue();
        var found = await store.GetAsync(job.Id, None);
        (found with { Spec = job.Spec }).ShouldBe(job);
        JobFile.ToJson(found.Spec).ShouldBe(JobFile.ToJson(job.Spec));
        (await store.InsertAsync(job, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_UnknownOrMisnamed_SaysSo()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        (await Problem(() => host.Get<JobStore>().GetAsync("no-such-job", None))).ShouldBe(ProblemCodes.JobNotFound);
        (await Problem(() => host.Get<JobStore>().GetAsync("No'Such", None))).ShouldBe(ProblemCodes.InvalidName);
        (await host.Get<JobStore>().ClaimAsync("no-such-job", None)).ShouldBeNull();
    }

    [Fact]
    public async Task List_NewestFirst()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var store = host.Get<JobStore>();
        for (var i = 0; i < 60; i++)
            await store.InsertAsync(JobSamples.NotStarted($"list-{i}", at: host.Clock.GetUtcNow().AddMinutes(i)), None);
        var ids = new List<string>();
        await foreach (var job in store.ListAsync(None))
        {
            if (job.Id.StartsWith("list-", StringComparison.Ordinal)) ids.Add(job.Id);
        }
        ids.ShouldBe(Enumerable.Range(0, 60).Reverse().Select(i => $"list-{i}"));
    }

    [Fact]
    public async Task Report_WithTheLongestHistory_FitsTheRow()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var lease = await ClaimAsync(host, "store-history");
        var history = Enumerable.Range(1, 200).Select(epoch => new EpochMetrics(epoch, 1 / 3.0, 2 / 3.0, 1 / 7.0, 1000 / 7.0)).ToList();
        await lease.ReportAsync(new JobProgress(200, 1000, 1, 1, 0.1, 1, history), None);
        (await host.Get<JobStore>().GetAsync("store-history", None)).Progress!.History.ShouldBe(history);
    }

    [Fact]
    public async Task Claim_OfALiveWorkersJob_GivesNothingAndCostsNoAttempt()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await ClaimAsync(host, "store-busy");
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Get<JobStore>().ClaimAsync("store-busy", None)));
        claims.ShouldAllBe(lease => lease == null);
        (await host.Get<JobStore>().GetAsync("store-busy", None)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Claim_TenDeliveriesEightAtATime_OneWorkerWins()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        for (var round = 0; round < 5; round++)
        {
            var id = $"store-duplicates-{round}";
            await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted(id), None);
            var leases = new System.Collections.Concurrent.ConcurrentBag<JobLease>();
            await Parallel.ForEachAsync(Enumerable.Range(0, 10), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            {
                if (await host.Get<JobStore>().ClaimAsync(id, None) is { } lease) leases.Add(lease);
            });
            var winner = leases.ShouldHaveSingleItem();
            winner.Job.Attempt.ShouldBe(1);
            await winner.CommitAsync("m", None);
            await winner.CompleteAsync(1, None);
            (await host.Get<JobStore>().ClaimAsync(id, None)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Claim_AfterWorkersVanishAgainAndAgain_EndsTheJob()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted("store-crashes", maxAttempts: 3), None);
        for (var crash = 0; crash < 50; crash++)
        {
            var lease = await host.Get<JobStore>().ClaimAsync("store-crashes", None);
            (lease is not null).ShouldBe(crash < 3);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var job = await host.Get<JobStore>().GetAsync("store-crashes", None);
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.Code.ShouldBe(ProblemCodes.JobAttemptsExhausted.Code);
        job.Attempt.ShouldBe(3);
    }

    [Fact]
    public async Task Commit_OfAStaleWorkerRacingItsSuccessor_IsRefusedOrCameFirst()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var store = host.Get<JobStore>();
        var (first, second) = (0, 0);
        for (var race = 0; race < 200; race++)
        {
            var id = $"race-{race}";
            var old = await ClaimAsync(host, id);
            host.Clock.Advance(TimeSpan.FromSeconds(31));
            var committing = CodeOf(() => old.CommitAsync($"manifest-{old.Fence}", None));
            var claiming = store.ClaimAsync(id, None);
            var refused = await committing;
            var young = await claiming;
            if (young is null)
            {
                // The commit came first and renewed the lease: the old worker was not stale yet, and finishes.
                refused.ShouldBeNull();
                await old.CompleteAsync(1, None);
                first++;
            }
            else
            {
                // The new worker has the job; whatever the old one tries now is refused.
                if (young.Job.Status == JobStatus.Running)
                {
                    refused.ShouldBe(ProblemCodes.JobLeaseLost);
                    await young.CommitAsync($"manifest-{young.Fence}", None);
                }
                (await CodeOf(() => old.CommitAsync($"manifest-{old.Fence}", None))).ShouldBe(ProblemCodes.JobLeaseLost);
                (await CodeOf(() => old.CompleteAsync(7, None))).ShouldBe(ProblemCodes.JobLeaseLost);
                (await CodeOf(() => old.FailAsync(new JobError("X", "x"), retry: false, None))).ShouldBe(ProblemCodes.JobLeaseLost);
                await young.CompleteAsync(1, None);
                second++;
            }
            var job = await store.GetAsync(id, None);
            job.Status.ShouldBe(JobStatus.Succeeded);
            job.ModelVersion.ShouldBe(1);
            job.ManifestBlob.ShouldBe(young is { Job.Attempt: 2 } ? $"manifest-{young.Fence}" : $"manifest-{old.Fence}");
        }
        (first + second).ShouldBe(200);
        second.ShouldBeGreaterThan(0, "the race was never lost: the test does not test anything");
    }

    [Fact]
    public async Task Complete_Twice_IsTheSameAsOnce()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var lease = await ClaimAsync(host, "store-lost-ack");
        await lease.CommitAsync("m", None);
        await lease.CommitAsync("m", None);
        await lease.CompleteAsync(4, None);
        await lease.CompleteAsync(4, None);
        // The acknowledgement was lost: every further delivery finds nothing to do.
        for (var delivery = 0; delivery < 10; delivery++) (await host.Get<JobStore>().ClaimAsync("store-lost-ack", None)).ShouldBeNull();
        (await host.Get<JobStore>().GetAsync("store-lost-ack", None)).ModelVersion.ShouldBe(4);
    }

    [Fact]
    public async Task RequestCancel_InEveryState_DoesWhatIsLeftToDo()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var store = host.Get<JobStore>();

        await store.InsertAsync(JobSamples.NotStarted("cancel-waiting"), None);
        (await store.RequestCancelAsync("cancel-waiting", None)).Status.ShouldBe(JobStatus.Canceled);
        (await store.RequestCancelAsync("cancel-waiting", None)).Status.ShouldBe(JobStatus.Canceled);
        (await store.ClaimAsync("cancel-waiting", None)).ShouldBeNull();

        var running = await ClaimAsync(host, "cancel-running");
        (await store.RequestCancelAsync("cancel-running", None)).CancelRequested.ShouldBeTrue();
        (await running.ReportAsync(null, None)).ShouldBeTrue();
        await running.CancelAsync(None);
        (await store.GetAsync("cancel-running", None)).Status.ShouldBe(JobStatus.Canceled);

        var late = await ClaimAsync(host, "cancel-before-commit");
        await store.RequestCancelAsync("cancel-before-commit", None);
        (await CodeOf(() => late.CommitAsync("m", None))).ShouldBe(ProblemCodes.JobCanceled);
        (await store.GetAsync("cancel-before-commit", None)).Status.ShouldBe(JobStatus.Canceled);

        await ClaimAsync(host, "cancel-vanished");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await store.RequestCancelAsync("cancel-vanished", None)).Status.ShouldBe(JobStatus.Canceled);

        var publishing = await ClaimAsync(host, "cancel-publishing");
        await publishing.CommitAsync("m", None);
        (await Problem(() => store.RequestCancelAsync("cancel-publishing", None))).ShouldBe(ProblemCodes.Conflict);
        await publishing.CompleteAsync(1, None);
        (await Problem(() => store.RequestCancelAsync("cancel-publishing", None))).ShouldBe(ProblemCodes.Conflict);
    }

    [Fact]
    public async Task Release_ThenClaim_DoesNotCountTheAttempt()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var lease = await ClaimAsync(host, "store-release");
        await lease.ReleaseAsync(TimeSpan.FromMinutes(10), None);
        var again = await host.Get<JobStore>().ClaimAsync("store-release", None);
        again!.Job.Attempt.ShouldBe(1);
        again.Fence.ShouldBe(2);
        (await CodeOf(() => lease.ReportAsync(null, None))).ShouldBe(ProblemCodes.JobLeaseLost);
    }

    private static async Task<JobLease> ClaimAsync(PipelineHost host, string id)
    {
        await host.Get<JobStore>().InsertAsync(JobSamples.NotStarted(id, at: host.Clock.GetUtcNow()), None);
        return (await host.Get<JobStore>().ClaimAsync(id, None)).ShouldNotBeNull();
    }

    private static async Task<ProblemCode> Problem(Func<Task> action) => (await CodeOf(action)).ShouldNotBeNull();

    private static async Task<ProblemCode?> CodeOf(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (PipelineException exception)
        {
            return exception.Code;
        }
    }
}
