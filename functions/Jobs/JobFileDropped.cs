using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AIaaS.Functions.Jobs;

/// <summary>Submits a job file that was dropped into the container jobs.</summary>
public sealed partial class JobFileDropped(JobFileDrop drop, ILogger<JobFileDropped> logger)
{
    [Function(nameof(JobFileDropped))]
    public async Task Run(
        [BlobTrigger($"{StorageLayout.JobsContainer}/{{file}}", Connection = "AzureWebJobsStorage", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string file,
        CancellationToken cancellationToken)
    {
        if (!JobFileDrop.IsJobFile(file)) return;
        if (await drop.TakeAsync(blob.Name, cancellationToken) is not { } outcome) return;
        if (outcome.Job is { } job) LogSubmitted(job.Id);
        else LogRefused(outcome.Problem!.Code.Code);
    }

    [LoggerMessage(1, LogLevel.Information, "Job {Job} was submitted by file.")]
    private partial void LogSubmitted(string job);

    [LoggerMessage(2, LogLevel.Information, "A job file was refused: {Code}. The reasons stand beside it.")]
    private partial void LogRefused(string code);
}
