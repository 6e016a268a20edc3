using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Operations;

namespace AIaaS.Functions.Http;

/// <summary>Where a job stands, as clients of Azure long-running operations expect it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">Final are Succeeded, Failed and Canceled.</param>
/// <param name="Error">When failed.</param>
/// <param name="Result">When succeeded: the model version it made.</param>
/// <param name="Job">Everything known about it.</param>
public sealed record StatusMonitor(string Id, OperationStatus Status, JobError? Error, JobResult? Result, JobRecord Job)
{
    public static StatusMonitor From(JobRecord job) => new(
        job.Id,
        job.Status switch
        {
            JobStatus.NotStarted => OperationStatus.NotStarted,
            JobStatus.Succeeded => OperationStatus.Succeeded,
            JobStatus.Failed => OperationStatus.Failed,
            JobStatus.Canceled => OperationStatus.Canceled,
            _ => OperationStatus.Running,
        },
        job.Error,
        job is { Status: JobStatus.Succeeded, ModelVersion: { } version } ? new JobResult(job.Spec.Model, version) : null,
        job);
}

public sealed record JobResult(string Model, int Version);
