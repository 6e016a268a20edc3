using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace AIaaS.Training.Jobs;

/// <summary>Works on a claimed job until it is over, given back or taken away.</summary>
internal sealed partial class JobRunner(
    DatasetReader datasets, VaultStore vault, JobPublication publication, TimeProvider time, ILogger<JobRunner> logger)
{
    private static readonly TimeSpan UnavailableDelay = TimeSpan.FromSeconds(10);

    /// <summary>When this returns, the job's message is done with. When it throws, the message must be delivered again.</summary>
    /// <param name="lease">Fresh from <see cref="JobStore.ClaimAsync"/>.</param>
    /// <param name="stopping">This process has to stop: the job goes on elsewhere, from its last checkpoint.</param>
    public async Task RunAsync(JobLease lease, CancellationToken stopping)
    {
        LogClaimed(logger, lease.Job.Id, lease.Job.Attempt, lease.Fence);
        var checkpoints = new CheckpointStore(vault, lease.Job, lease.Fence, logger);
        try
        {
            if (lease.Job.Status == JobStatus.Running && !await TrainAsync(lease, checkpoints, stopping)) return;
            await checkpoints.ClearAsync(CancellationToken.None);
            var version = await publication.FinishAsync(lease, CancellationToken.None);
            LogPublished(logger, lease.Job.Id, version.Model, version.Version);
        }
        catch (PipelineException problem) when (problem.Code == ProblemCodes.JobLeaseLost || problem.Code == ProblemCodes.JobCanceled)
        {
            LogTakenAway(logger, lease.Job.Id, problem.Code.Code);
        }
        catch (PipelineException problem) when (problem.IsTransient())
        {
            LogUnavailable(logger, lease.Job.Id, problem);
            await lease.ReleaseAsync(UnavailableDelay, CancellationToken.None);
        }
        catch (PipelineException problem)
        {
            LogFailed(logger, lease.Job.Id, problem.Code.Code, problem);
            await FailAsync(lease, checkpoints, problem);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogBroken(logger, lease.Job.Id, exception);
            var problem = exception.ToProblem();
            await lease.FailAsync(new JobError(problem.Code.Code, problem.Message), retry: true, CancellationToken.None);
        }
    }

    /// <returns>False when the job was canceled, ran out of time or was given back.</returns>
    private async Task<bool> TrainAsync(JobLease lease, CheckpointStore checkpoints, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(lease.Job.Spec.Limits.Timeout, time);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        var reporter = new ProgressReporter(lease, work, time, logger);
        TrainedModel model;
        try
        {
            await using (reporter)
            {
                var dataset = await datasets.OpenAsync(lease.Job.Spec.Dataset, lease.Job.DatasetVersion, work.Token);
                model = await new TrainingRun(lease.Job, dataset, checkpoints, reporter, time).RunAsync(work.Token);
            }
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            if (reporter.Fault is not null) throw reporter.Fault;
            await StopAsync(lease, checkpoints, reporter.CancelRequested, timeout.IsCancellationRequested);
            return false;
        }
        await new ModelPublisher(vault, time).CommitAsync(lease, model, CancellationToken.None);
        return true;
    }

    private async Task StopAsync(JobLease lease, CheckpointStore checkpoints, bool canceled, bool timedOut)
    {
        if (canceled)
        {
            LogCanceled(logger, lease.Job.Id);
            await checkpoints.ClearAsync(CancellationToken.None);
            await lease.CancelAsync(CancellationToken.None);
        }
        else if (timedOut)
        {
            await FailAsync(lease, checkpoints, new PipelineException(ProblemCodes.JobTimeout,
                $"The job ran past its time limit of {lease.Job.Spec.Limits.Timeout}. Give it a larger limits.timeout, fewer epochs, or less data."));
        }
        else
        {
            LogStopping(logger, lease.Job.Id);
            await lease.ReleaseAsync(TimeSpan.Zero, CancellationToken.None);
        }
    }

    private static async Task FailAsync(JobLease lease, CheckpointStore checkpoints, PipelineException problem)
    {
        // A revoked key cannot read the checkpoints any more, but their blobs can be deleted.
        await checkpoints.ClearAsync(CancellationToken.None);
        await lease.FailAsync(new JobError(problem.Code.Code, problem.Message), retry: false, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Working on job {Job}, attempt {Attempt}, fence {Fence}.")]
    private static partial void LogClaimed(ILogger logger, string job, int attempt, long fence);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} published {Model} version {Version}.")]
    private static partial void LogPublished(ILogger logger, string job, string model, int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is no longer this worker's: {Code}.")]
    private static partial void LogTakenAway(ILogger logger, string job, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} waits: something it needs cannot be reached now.")]
    private static partial void LogUnavailable(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed: {Code}.")]
    private static partial void LogFailed(ILogger logger, string job, string code, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} broke off unexpectedly.")]
    private static partial void LogBroken(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} was canceled.")]
    private static partial void LogCanceled(ILogger logger, string job);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping; job {Job} goes on from its last checkpoint.")]
    private static partial void LogStopping(ILogger logger, string job);
}
