using AIaaS.Pipeline.Jobs;

namespace AIaaS.Cli.Service;

/// <summary>The status monitor of a job, an Azure long-running operation with the job's record beside it.</summary>
public sealed record JobMonitor(string Id, JobStatus Status, JobError? Error, JobRecord Job);
