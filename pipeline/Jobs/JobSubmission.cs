using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Jobs;

/// <summary>Accepts jobs: checked against their dataset at once, recorded, then announced to the workers.</summary>
public sealed class JobSubmission(JobStore jobs, JobQueue queue, DatasetStore datasets, DatasetReader reader, TimeProvider time)
{
    /// <summary>Idempotent: the same id with the same job gives the job there is, in whatever state it is by now.</summary>
    /// <param name="id">The client's name for the job.</param>
    /// <param name="spec">From <see cref="JobFile.Parse"/>.</param>
    /// <param name="traceParent">W3C trace context to go on with, if any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PipelineException">
    /// InvalidName; Conflict when the id is taken by a different job; DatasetNotFound, DatasetNotReady; JobInvalid with every
    /// way in which the job does not fit the dataset; key and storage faults; QueueUnavailable (the job is recorded then, and the sweep sends its message).
    /// </exception>
    public async Task<JobRecord> SubmitAsync(string id, TrainingJob spec, string? traceParent, CancellationToken cancellationToken)
    {
        ResourceName.Check(id, "job");
        ArgumentNullException.ThrowIfNull(spec);
        if (await jobs.FindAsync(id, cancellationToken) is { } known) return await RepeatAsync(known, spec, cancellationToken);

        var record = await CheckAsync(id, spec, traceParent, cancellationToken);
        if (!await jobs.InsertAsync(record, cancellationToken))
            return await RepeatAsync(await jobs.FindAsync(id, cancellationToken) ?? throw JobStore.NotFound(id), spec, cancellationToken);
        await AnnounceAsync(record, cancellationToken);
        return record;
    }

    private async Task<JobRecord> CheckAsync(string id, TrainingJob spec, string? traceParent, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetAsync(spec.Dataset, cancellationToken);
        if (dataset is not { Status: DatasetStatus.Ready, Version: { } version, Digest: { } digest })
        {
            var why = dataset.Error is { } error ? $": {error.Message}" : ".";
            throw new PipelineException(ProblemCodes.DatasetNotReady, $"The dataset '{spec.Dataset}' is {dataset.Status} and cannot be trained on yet{why}");
        }
        var open = await reader.OpenAsync(spec.Dataset, version, cancellationToken);
        JobFit.Check(spec, open.Schema, open.Report);

        var now = time.GetUtcNow();
        return new JobRecord(id, spec, version, digest, JobStatus.NotStarted, Attempt: 0, Fence: 0, CancelRequested: false, Progress: null,
            ManifestBlob: null, ModelVersion: null, Error: null, CreatedOn: now, UpdatedOn: now, FinishedOn: null, traceParent);
    }

    private async Task<JobRecord> RepeatAsync(JobRow known, TrainingJob spec, CancellationToken cancellationToken)
    {
        if (!JobFile.ToJson(known.Job.Spec).AsSpan().SequenceEqual(JobFile.ToJson(spec)))
            throw new PipelineException(ProblemCodes.Conflict, $"There is a different job '{known.Job.Id}' already. Choose another name for this one.");
        // The first request may have died between the record and the message.
        if (known is { EnqueuedOn: null, Job.Status: JobStatus.NotStarted }) await AnnounceAsync(known.Job, cancellationToken);
        return known.Job;
    }

    private async Task AnnounceAsync(JobRecord record, CancellationToken cancellationToken)
    {
        await queue.SendAsync(record, record.Id + ".submit", cancellationToken);
        await jobs.NoteEnqueuedAsync(record.Id, cancellationToken);
    }
}
