using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Jobs;

/// <summary>What a delivery of a job's message means for whoever received it.</summary>
public enum ClaimOutcome
{
    /// <summary>The receiver is the job's worker now.</summary>
    Claimed,

    /// <summary>The job is over, or this very claim ended it: canceled, or out of attempts.</summary>
    Final,

    /// <summary>Another worker has it and is alive.</summary>
    Busy,
}

/// <summary>The state machine: pure functions from one record to the next. <see cref="JobStore"/> makes each of them one conditional write.</summary>
/// <remarks>
/// NotStarted -> Running -> Publishing -> Succeeded, with Failed and Canceled as other ends. Workers hold a fence; a transition
/// with an old fence throws JobLeaseLost. Attempts are counted when a worker claims, in the record, so crash loops end.
/// </remarks>
public static class JobTransitions
{
    public static (ClaimOutcome Outcome, JobRecord Job) Claim(JobRecord job, DateTimeOffset now, TimeSpan lease)
    {
        if (job.IsFinal) return (ClaimOutcome.Final, job);
        if (job.LeaseUntil > now) return (ClaimOutcome.Busy, job);
        var claimed = job with { Fence = job.Fence + 1, LeaseUntil = now + lease, UpdatedOn = now };
        // Committed work is never given up for having been tried often: what is left to do is small and idempotent.
        if (job.Status == JobStatus.Publishing) return (ClaimOutcome.Claimed, claimed);
        if (job.CancelRequested) return (ClaimOutcome.Final, End(job, JobStatus.Canceled, now));
        if (job.Attempt >= job.Spec.Limits.MaxAttempts) return (ClaimOutcome.Final, Exhausted(job, now));
        return (ClaimOutcome.Claimed, claimed with { Status = JobStatus.Running, Attempt = job.Attempt + 1, Progress = null });
    }

    public static JobRecord Report(JobRecord job, long fence, JobProgress? progress, DateTimeOffset now, TimeSpan lease)
    {
        CheckHolder(job, fence);
        if (progress is { History.Count: > JobProgress.MaxHistory })
            progress = progress with { History = [.. progress.History.Skip(progress.History.Count - JobProgress.MaxHistory)] };
        return job with { Progress = progress ?? job.Progress, LeaseUntil = now + lease, UpdatedOn = now };
    }

    /// <summary>The commit. A cancellation that was asked for before it wins: the result is Canceled then.</summary>
    public static JobRecord Commit(JobRecord job, long fence, string manifestBlob, DateTimeOffset now, TimeSpan lease, EncryptedReadiness? readiness = null)
    {
        if (job.Status == JobStatus.Publishing && job.Fence == fence && job.ManifestBlob == manifestBlob) return job;
        CheckHolder(job, fence);
        if (job.Status != JobStatus.Running) throw Wrong(job, "committed");
        return job.CancelRequested
            ? End(job, JobStatus.Canceled, now)
            : job with { Status = JobStatus.Publishing, ManifestBlob = manifestBlob, Readiness = readiness, LeaseUntil = now + lease, UpdatedOn = now };
    }

    public static JobRecord Complete(JobRecord job, long fence, int version, DateTimeOffset now)
    {
        if (job.Status == JobStatus.Succeeded && job.Fence == fence && job.ModelVersion == version) return job;
        CheckHolder(job, fence);
        if (job.Status != JobStatus.Publishing) throw Wrong(job, "completed");
        return End(job with { ModelVersion = version }, JobStatus.Succeeded, now);
    }

    /// <summary>With <paramref name="retry"/> and attempts left, the job waits for its next attempt; else it ends.</summary>
    public static JobRecord Fail(JobRecord job, long fence, JobError error, bool retry, DateTimeOffset now)
    {
        CheckHolder(job, fence);
        if (!retry) return End(job with { Error = error }, JobStatus.Failed, now);
        if (job.Status == JobStatus.Publishing) return job with { LeaseUntil = null, UpdatedOn = now };
        if (job.CancelRequested) return End(job, JobStatus.Canceled, now);
        if (job.Attempt >= job.Spec.Limits.MaxAttempts) return Exhausted(job with { Error = error }, now);
        return job with { Status = JobStatus.NotStarted, Error = error, LeaseUntil = null, UpdatedOn = now };
    }

    /// <summary>Gives the job back without counting the attempt: the worker was told to stop, or the vault could not be reached.</summary>
    public static JobRecord Release(JobRecord job, long fence, DateTimeOffset now)
    {
        CheckHolder(job, fence);
        if (job.Status == JobStatus.Publishing) return job with { LeaseUntil = null, UpdatedOn = now };
        if (job.CancelRequested) return End(job, JobStatus.Canceled, now);
        return job with { Status = JobStatus.NotStarted, Attempt = job.Attempt - 1, LeaseUntil = null, UpdatedOn = now };
    }

    public static JobRecord Cancel(JobRecord job, long fence, DateTimeOffset now)
    {
        if (job.Status == JobStatus.Canceled && job.Fence == fence) return job;
        CheckHolder(job, fence);
        if (job.Status != JobStatus.Running) throw Wrong(job, "canceled");
        return End(job, JobStatus.Canceled, now);
    }

    /// <summary>Ends a job nobody works on at once; asks the worker of a running one to stop.</summary>
    /// <exception cref="PipelineException">Conflict when it is too late.</exception>
    public static JobRecord RequestCancel(JobRecord job, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Canceled => job,
        JobStatus.NotStarted => End(job with { CancelRequested = true }, JobStatus.Canceled, now),
        JobStatus.Running when job.LeaseUntil > now => job.CancelRequested ? job : job with { CancelRequested = true, UpdatedOn = now },
        JobStatus.Running => End(job with { CancelRequested = true }, JobStatus.Canceled, now),
        JobStatus.Publishing => throw new PipelineException(ProblemCodes.Conflict,
            $"The job '{job.Id}' has committed its model and is publishing it. Delete the model version instead."),
        _ => throw new PipelineException(ProblemCodes.Conflict, $"The job '{job.Id}' has {job.Status} already and cannot be canceled."),
    };

    private static JobRecord Exhausted(JobRecord job, DateTimeOffset now)
    {
        var last = job.Error is { } error ? $" The last error: {error.Code}: {error.Message}" : " Its workers ended without saying why.";
        var text = $"The job failed in each of its {job.Spec.Limits.MaxAttempts} attempts.{last}";
        return End(job with { Error = new JobError(ProblemCodes.JobAttemptsExhausted.Code, text) }, JobStatus.Failed, now);
    }

    private static JobRecord End(JobRecord job, JobStatus status, DateTimeOffset now) => job with
    {
        Status = status,
        Error = status == JobStatus.Failed ? job.Error : null,
        LeaseUntil = null,
        UpdatedOn = now,
        FinishedOn = now,
    };

    private static void CheckHolder(JobRecord job, long fence)
    {
        if (job.Status == JobStatus.Canceled && job.Fence == fence)
            throw new PipelineException(ProblemCodes.JobCanceled, $"The job '{job.Id}' was canceled.");
        if (job.IsFinal || job.Fence != fence || job.Status == JobStatus.NotStarted)
            throw new PipelineException(ProblemCodes.JobLeaseLost, $"The job '{job.Id}' is no longer this worker's: its fence was {fence}, the job's is {job.Fence} and it is {job.Status}.");
    }

    private static PipelineException Wrong(JobRecord job, string what) =>
        new(ProblemCodes.Conflict, $"The job '{job.Id}' is {job.Status} and cannot be {what}.");
}
