using System.Diagnostics;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Jobs;

/// <summary>Submits job files that were dropped into the container jobs: jobs/{id}.yaml, .yml or .json.</summary>
/// <remarks>
/// A file that was taken is deleted; one that was refused stays, with the reasons in {file}.problem.json beside it, so
/// that nobody's work is lost. The problem names the ETag it judged: a corrected file is looked at again.
/// </remarks>
public sealed class JobFileDrop(StorageAccount storage, JobSubmission submission)
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private readonly BlobContainerClient _container = storage.Container(StorageLayout.JobsContainer);

    /// <summary>Whether the blob may be a job file, and no problem of one.</summary>
    public static bool IsJobFile(string blob) =>
        Extensions.Contains(Path.GetExtension(blob), StringComparer.Ordinal) && !blob.EndsWith(JobFileProblem.Suffix, StringComparison.Ordinal);

    /// <summary>Submits one file. Idempotent: submitting the same job again gives the job there is.</summary>
    /// <returns>How it ended; null when the file is gone.</returns>
    /// <exception cref="PipelineException">Transient faults only: try again later.</exception>
    public async Task<JobFileOutcome?> TakeAsync(string blob, CancellationToken cancellationToken)
    {
        var file = _container.GetBlobClient(blob);
        if (await ReadAsync(file, cancellationToken) is not var (content, etag)) return null;
        try
        {
            var job = await SubmitAsync(blob, content, cancellationToken);
            await DeleteAsync(file, etag, cancellationToken);
            await _container.GetBlobClient(JobFileProblem.NameFor(blob)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            return new JobFileOutcome(job, null);
        }
        catch (PipelineException problem) when (!problem.IsTransient())
        {
            await JobFileProblem.WriteAsync(_container, blob, etag, problem, cancellationToken);
            return new JobFileOutcome(null, problem);
        }
    }

    /// <summary>Files that still have to be looked at: never judged, changed since, or refused for a dataset that may be there by now.</summary>
    /// <param name="before">Files changed later are left to their events.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async IAsyncEnumerable<string> FindAsync(
        DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (!IsJobFile(item.Name) || item.Properties.LastModified > before || item.Properties.ETag is not { } etag) continue;
            if (await JobFileProblem.IsSettledAsync(_container, item.Name, etag, cancellationToken)) continue;
            yield return item.Name;
        }
    }

    private async Task<JobRecord> SubmitAsync(string blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var id = ResourceName.Check(Path.GetFileNameWithoutExtension(blob), "job");
        if (blob.Contains('/')) throw new PipelineException(ProblemCodes.InvalidName, "Job files lie directly in the container jobs, not in a folder.");
        if (content.Length > JobFile.MaxBytes) throw new PipelineException(ProblemCodes.PayloadTooLarge, $"A job file may be at most {JobFile.MaxBytes / 1024} KiB.");
        return await submission.SubmitAsync(id, JobFile.Parse(content), Activity.Current?.Id, cancellationToken);
    }

    private static async Task<(ReadOnlyMemory<byte> Content, ETag ETag)?> ReadAsync(BlobClient file, CancellationToken cancellationToken)
    {
        try
        {
            // One byte over the limit is enough to refuse; the rest of a huge file is never fetched.
            var properties = await file.GetPropertiesAsync(cancellationToken: cancellationToken);
            if (properties.Value.ContentLength == 0) return (ReadOnlyMemory<byte>.Empty, properties.Value.ETag);
            var answer = await file.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(0, JobFile.MaxBytes + 1) }, cancellationToken);
            return (answer.Value.Content.ToMemory(), answer.Value.Details.ETag);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    private static async Task DeleteAsync(BlobClient file, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await file.DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = etag }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Dropped again meanwhile: the new file has an event of its own.
        }
    }
}

/// <summary>One of both: the job, or why there is none.</summary>
public sealed record JobFileOutcome(JobRecord? Job, PipelineException? Problem);
