using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <param name="Sent">Jobs whose message was sent (again).</param>
/// <param name="Published">Committed jobs that were brought to their end.</param>
/// <param name="Ended">Jobs ended because they were canceled or out of attempts and no worker was left to say so.</param>
/// <param name="Failures">Jobs that could not be repaired now; the next sweep tries again.</param>
public sealed record JobSweepResult(int Sent, int Published, int Ended, IReadOnlyList<ProblemItem> Failures);

/// <summary>Repairs what crashes leave between two steps: recorded jobs without a message, dead workers' jobs, unpublished models. Run it every minute.</summary>
public sealed class JobSweep(JobStore jobs, JobQueue queue, JobPublication publication, TimeProvider time)
{
    /// <summary>Looks at every job that is not over. A fault with one job does not keep the others from being repaired.</summary>
    /// <exception cref="PipelineException">StorageUnavailable.</exception>
    public async Task<JobSweepResult> RunAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<Repair, int>();
        var failures = new List<ProblemItem>();
        await foreach (var row in jobs.OpenAsync(cancellationToken))
        {
            try
            {
                var repair = await RepairAsync(row, cancellationToken);
                counts[repair] = counts.GetValueOrDefault(repair) + 1;
            }
            catch (PipelineException exception)
            {
                failures.Add(new ProblemItem(row.Job.Id, $"{exception.Code}: {exception.Message}"));
            }
        }
        return new JobSweepResult(
            counts.GetValueOrDefault(Repair.Sent), counts.GetValueOrDefault(Repair.Published), counts.GetValueOrDefault(Repair.Ended), failures);
    }

    private async Task<Repair> RepairAsync(JobRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (row.Job.LeaseUntil > now) return Repair.None;
        if (row.Job.Status == JobStatus.Publishing) return await PublishAsync(row.Job, cancellationToken);
        if (IsDead(row.Job))
        {
            // Nobody may be coming for it: claiming is what ends it.
            return await jobs.ClaimAsync(row.Job.Id, cancellationToken) is { } lease ? await GiveBackAsync(lease, cancellationToken) : Repair.Ended;
        }
        return IsDue(row, now) ? await SendAsync(row, now, cancellationToken) : Repair.None;
    }

    private static bool IsDead(JobRecord job) =>
        job.Status == JobStatus.Running && (job.CancelRequested || job.Attempt >= job.Spec.Limits.MaxAttempts);

    // A vanished worker's message comes back by itself when its lock ends; the sweep only covers for a queue that lost it.
    private bool IsDue(JobRow row, DateTimeOffset now) => row.EnqueuedOn is { } sent
        ? now - Later(sent, row.Job.UpdatedOn) >= jobs.Options.ResendAfter
        : now - row.Job.UpdatedOn >= jobs.Options.SubmitGrace;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private async Task<Repair> SendAsync(JobRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Sweeps that meet make the same id in the same span of time, and the queue takes one.
        var span = now.UtcTicks / jobs.Options.ResendAfter.Ticks;
        await queue.SendAsync(row.Job, row.EnqueuedOn is null ? row.Job.Id + ".submit" : $"{row.Job.Id}.sweep.{row.Job.Fence}.{span}", cancellationToken);
        await jobs.NoteEnqueuedAsync(row.Job.Id, cancellationToken);
        return Repair.Sent;
    }

    private async Task<Repair> PublishAsync(JobRecord job, CancellationToken cancellationToken)
    {
        if (await jobs.ClaimAsync(job.Id, cancellationToken) is not { } lease) return Repair.None;
        if (lease.Job.Status != JobStatus.Publishing) return await GiveBackAsync(lease, cancellationToken);
        try
        {
            await publication.FinishAsync(lease, cancellationToken);
            return Repair.Published;
        }
        catch (PipelineException exception) when (!exception.IsTransient() && exception.Code != ProblemCodes.JobLeaseLost)
        {
            // The committed model cannot be read any more (its key is gone, its files are damaged): waiting would not mend it.
            await lease.FailAsync(new JobError(exception.Code.Code, exception.Message), retry: false, cancellationToken);
            return Repair.Ended;
        }
    }

    private static async Task<Repair> GiveBackAsync(JobLease lease, CancellationToken cancellationToken)
    {
        await lease.ReleaseAsync(TimeSpan.Zero, cancellationToken);
        return Repair.Sent;
    }

    private enum Repair
    {
        None,
        Sent,
        Published,
        Ended,
    }
}
