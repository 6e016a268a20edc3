using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Jobs;

/// <summary>The state machine against a model that is written the other way round: who may write, rather than what is written.</summary>
public sealed class JobTransitionsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public enum Act
    {
        Claim,
        Report,
        Commit,
        Complete,
        Fail,
        Retry,
        Release,
        Cancel,
        RequestCancel,
        Wait,
    }

    [Property(MaxTest = 2000)]
    public Property AnyHistory_OfThreeWorkers_KeepsTheRules() =>
        Prop.ForAll(
            Gen.Elements(Enum.GetValues<Act>()).Zip(Gen.Choose(0, 2)).ListOf().ToArbitrary(),
            history => Play([.. history]));

    private static void Play(IReadOnlyList<(Act Act, int Worker)> history)
    {
        var now = DateTimeOffset.UnixEpoch;
        var job = JobSamples.NotStarted("j", maxAttempts: 3);
        var fences = new long[3]; // what each worker believes it holds; 0 is nothing
        var claims = 0;
        var givenBack = 0;
        string? committed = null;
        foreach (var (act, worker) in history)
        {
            var before = job;
            var holds = fences[worker] != 0 && fences[worker] == before.Fence && before.Status is JobStatus.Running or JobStatus.Publishing && fences[worker] == before.Fence;
            try
            {
                switch (act)
                {
                    case Act.Claim:
                        var (outcome, claimed) = JobTransitions.Claim(job, now, Lease);
                        job = claimed;
                        if (outcome == ClaimOutcome.Claimed)
                        {
                            (before.LeaseUntil > now).ShouldBeFalse("a live worker's job was taken");
                            job.Fence.ShouldBe(before.Fence + 1);
                            fences[worker] = job.Fence;
                            if (before.Status != JobStatus.Publishing) claims++;
                        }
                        else if (outcome == ClaimOutcome.Busy) ReferenceEquals(job, before).ShouldBeTrue();
                        else job.IsFinal.ShouldBeTrue();
                        break;
                    case Act.Report: job = JobTransitions.Report(job, fences[worker], null, now, Lease); break;
                    case Act.Commit: job = JobTransitions.Commit(job, fences[worker], $"m{fences[worker]}", now, Lease); break;
                    case Act.Complete: job = JobTransitions.Complete(job, fences[worker], 1, now); break;
                    case Act.Fail: job = JobTransitions.Fail(job, fences[worker], new JobError("X", "x"), retry: false, now); break;
                    case Act.Retry: job = JobTransitions.Fail(job, fences[worker], new JobError("X", "x"), retry: true, now); break;
                    case Act.Release:
                        job = JobTransitions.Release(job, fences[worker], now);
                        if (before.Status == JobStatus.Running && job.Status == JobStatus.NotStarted) givenBack++;
                        break;
                    case Act.Cancel: job = JobTransitions.Cancel(job, fences[worker], now); break;
                    case Act.RequestCancel: job = JobTransitions.RequestCancel(job, now); break;
                    case Act.Wait: now += TimeSpan.FromSeconds(20); break;
                }
                if (act is > Act.Claim and < Act.RequestCancel && !ReferenceEquals(job, before)) holds.ShouldBeTrue($"{act} by a worker without the job");
            }
            catch (PipelineException exception)
            {
                ReferenceEquals(job, before).ShouldBeTrue();
                (exception.Code == ProblemCodes.JobLeaseLost || exception.Code == ProblemCodes.JobCanceled || exception.Code == ProblemCodes.Conflict).ShouldBeTrue();
                if (holds) exception.Code.ShouldBe(ProblemCodes.Conflict, "its own worker is not told that it lost the job");
            }

            if (before.IsFinal) ReferenceEquals(job, before).ShouldBeTrue("a final state changed");
            if (before.Status == JobStatus.Publishing)
            {
                job.Status.ShouldBeOneOf(JobStatus.Publishing, JobStatus.Succeeded, JobStatus.Failed);
                job.ManifestBlob.ShouldBe(committed, "what was committed changed");
            }
            if (job.Status == JobStatus.Publishing && before.Status != JobStatus.Publishing)
            {
                before.CancelRequested.ShouldBeFalse();
                committed = job.ManifestBlob;
            }
            if (job.Status == JobStatus.Succeeded) committed.ShouldNotBeNull();
            job.Fence.ShouldBeGreaterThanOrEqualTo(before.Fence);
            job.Attempt.ShouldBe(claims - givenBack);
            job.Attempt.ShouldBeInRange(0, 3);
            (job.FinishedOn is not null).ShouldBe(job.IsFinal);
            (job.Error is not null && job.IsFinal).ShouldBe(job.Status == JobStatus.Failed);
        }
    }

    [Fact]
    public void Claim_AfterMaxAttempts_FailsWithJobAttemptsExhausted()
    {
        var now = DateTimeOffset.UnixEpoch;
        var job = JobSamples.NotStarted("j", maxAttempts: 3);
        for (var crash = 0; crash < 3; crash++)
        {
            (var outcome, job) = JobTransitions.Claim(job, now, Lease);
            outcome.ShouldBe(ClaimOutcome.Claimed);
            now += Lease + TimeSpan.FromSeconds(1);
        }
        (var last, job) = JobTransitions.Claim(job, now, Lease);
        last.ShouldBe(ClaimOutcome.Final);
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.Code.ShouldBe("JobAttemptsExhausted");
    }

    [Fact]
    public void Fail_WithRetryInTheLastAttempt_NamesTheLastError()
    {
        var (_, job) = JobTransitions.Claim(JobSamples.NotStarted("j", maxAttempts: 1), DateTimeOffset.UnixEpoch, Lease);
        job = JobTransitions.Fail(job, job.Fence, new JobError("TrainingFailed", "The loss is not finite."), retry: true, DateTimeOffset.UnixEpoch);
        job.Error!.Code.ShouldBe("JobAttemptsExhausted");
        job.Error.Message.ShouldContain("The loss is not finite.");
    }

    [Fact]
    public void Report_WithLongHistory_KeepsTheNewest200()
    {
        var (_, job) = JobTransitions.Claim(JobSamples.NotStarted("j"), DateTimeOffset.UnixEpoch, Lease);
        var history = Enumerable.Range(1, 300).Select(epoch => new EpochMetrics(epoch, 1, 1, 1, 1)).ToList();
        job = JobTransitions.Report(job, job.Fence, new JobProgress(300, 1000, 1, 1, null, null, history), DateTimeOffset.UnixEpoch, Lease);
        job.Progress!.History.Count.ShouldBe(200);
        job.Progress.History[^1].Epoch.ShouldBe(300);
    }
}
