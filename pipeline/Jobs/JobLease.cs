using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Jobs;

/// <summary>A worker's hold on a job. Everything it writes is conditional on its fence, so a worker that was given up for dead changes nothing.</summary>
/// <remarks>
/// Every method throws PipelineException(JobLeaseLost) when another worker has taken over and PipelineException(JobCanceled) when the
/// job was canceled meanwhile: stop, and complete the message. After any method that ends the hold
/// (<see cref="CompleteAsync"/>, <see cref="FailAsync"/>, <see cref="CancelAsync"/>, <see cref="ReleaseAsync"/>) the message is to be
/// completed too: where the job goes on, its next message has been sent. Not thread-safe.
/// </remarks>
public sealed class JobLease
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(5);

    private readonly JobStore _store;

    internal JobLease(JobStore store, JobRecord job)
    {
        _store = store;
        Job = job;
        Fence = job.Fence;
    }

    /// <summary>As of the last call.</summary>
    public JobRecord Job { get; private set; }

    /// <summary>Part of the path of everything this worker writes: "models/{model}/jobs/{job}/{fence}/".</summary>
    public long Fence { get; }

    /// <summary>Report at least this often, or the lease runs out.</summary>
    public TimeSpan ReportEvery => _store.Options.Lease / 3;

    /// <summary>Renews the lease and shows how far the work is.</summary>
    /// <param name="progress">Null only renews.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True when the job should be canceled: stop and call <see cref="CancelAsync"/>.</returns>
    public async Task<bool> ReportAsync(JobProgress? progress, CancellationToken cancellationToken)
    {
        await ChangeAsync(job => JobTransitions.Report(job, Fence, progress, _store.Time.GetUtcNow(), _store.Options.Lease), cancellationToken);
        return Job.CancelRequested && Job.Status == JobStatus.Running;
    }

    /// <summary>The commit of a training: from here on the job succeeds, whatever happens to this worker.</summary>
    /// <param name="manifestBlob">The signed manifest of the model's files.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="readiness">Of a model for encrypted inference.</param>
    /// <exception cref="PipelineException">JobCanceled when cancellation was asked for first; the job is Canceled then.</exception>
    public async Task CommitAsync(string manifestBlob, CancellationToken cancellationToken, EncryptedReadiness? readiness = null)
    {
        FaultPoints.Before(FaultPointNames.JobPublishing);
        await ChangeAsync(job => JobTransitions.Commit(job, Fence, manifestBlob, _store.Time.GetUtcNow(), _store.Options.Lease, readiness), cancellationToken);
        if (Job.Status == JobStatus.Canceled)
            throw new PipelineException(ProblemCodes.JobCanceled, $"The job '{Job.Id}' was canceled before its model was committed.");
        FaultPoints.After(FaultPointNames.JobPublishing);
    }

    /// <summary>After the registry has the version.</summary>
    public async Task CompleteAsync(int version, CancellationToken cancellationToken)
    {
        FaultPoints.Before(FaultPointNames.JobSucceeded);
        await ChangeAsync(job => JobTransitions.Complete(job, Fence, version, _store.Time.GetUtcNow()), cancellationToken);
        FaultPoints.After(FaultPointNames.JobSucceeded);
    }

    /// <param name="error">What went wrong, for people; no data and no secrets.</param>
    /// <param name="retry">Whether another attempt may succeed; it starts after 10 s, doubling with every attempt up to 5 minutes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task FailAsync(JobError error, bool retry, CancellationToken cancellationToken)
    {
        await ChangeAsync(job => JobTransitions.Fail(job, Fence, error, retry, _store.Time.GetUtcNow()), cancellationToken);
        var delay = FirstRetryDelay * Math.Pow(2, Math.Clamp(Job.Attempt - 1, 0, 10));
        await ScheduleUnlessFinalAsync("retry", delay < MaxRetryDelay ? delay : MaxRetryDelay, cancellationToken);
    }

    /// <summary>Gives the job back without counting the attempt: this process has to stop, or the vault cannot be reached now.</summary>
    public async Task ReleaseAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        await ChangeAsync(job => JobTransitions.Release(job, Fence, _store.Time.GetUtcNow()), cancellationToken);
        await ScheduleUnlessFinalAsync("release", delay, cancellationToken);
    }

    public Task CancelAsync(CancellationToken cancellationToken) =>
        ChangeAsync(job => JobTransitions.Cancel(job, Fence, _store.Time.GetUtcNow()), cancellationToken);

    // After the record, so that whoever gets it finds the job free. Dying in between loses nothing: the worker's own message has not been completed.
    private Task ScheduleUnlessFinalAsync(string why, TimeSpan delay, CancellationToken cancellationToken) => Job.IsFinal
        ? Task.CompletedTask
        : _store.Queue.ScheduleAsync(Job, $"{Job.Id}.{why}.{Fence}", _store.Time.GetUtcNow() + delay, cancellationToken);

    private async Task ChangeAsync(Func<JobRecord, JobRecord> transition, CancellationToken cancellationToken) =>
        Job = await _store.TryChangeAsync(Job.Id, transition, cancellationToken) ?? throw JobStore.NotFound(Job.Id);
}
