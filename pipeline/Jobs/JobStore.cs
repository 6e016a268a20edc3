using System.Runtime.CompilerServices;
using AIaaS.Pipeline.Faults;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.Jobs;

/// <summary>The ledger of training jobs. Every change is one write conditional on the row's ETag.</summary>
public sealed class JobStore(StorageAccount storage, JobQueue queue, JobOptions options, TimeProvider time)
{
    /// <summary>A conditional write that loses against this many others in a row means that something is wrong elsewhere.</summary>
    private const int MaxRounds = 50;

    private const int ListPage = 50;

    private readonly TableClient _table = storage.Table(StorageLayout.JobsTable);

    /// <exception cref="PipelineException">InvalidName, JobNotFound, StorageUnavailable.</exception>
    public async Task<JobRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(ResourceName.Check(id, "job"), cancellationToken))?.Job ?? throw NotFound(id);

    /// <summary>All jobs, the newest first.</summary>
    /// <exception cref="PipelineException">StorageUnavailable.</exception>
    public async IAsyncEnumerable<JobRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in Pages(JobRow.AllTimes, ["RowKey"], cancellationToken))
        {
            var rows = await Task.WhenAll(page.Select(entity => FindAsync(JobRow.IdOfTimeKey(entity.RowKey), cancellationToken)));
            foreach (var row in rows)
            {
                if (row is not null) yield return row.Job;
            }
        }
    }

    /// <summary>Takes a job for this worker. Call it for every message; when it answers null, the message can be completed.</summary>
    /// <returns>Null when there is nothing to do: unknown, over, out of attempts, canceled, or with a live worker (a message for the time its lease ends was sent then).</returns>
    /// <exception cref="PipelineException">InvalidName, StorageUnavailable, QueueUnavailable.</exception>
    public async Task<JobLease?> ClaimAsync(string id, CancellationToken cancellationToken)
    {
        var outcome = ClaimOutcome.Final;
        FaultPoints.Before(FaultPointNames.JobClaim);
        var job = await TryChangeAsync(ResourceName.Check(id, "job"), job =>
        {
            (outcome, var next) = JobTransitions.Claim(job, time.GetUtcNow(), options.Lease);
            return next;
        }, cancellationToken);
        FaultPoints.After(FaultPointNames.JobClaim);
        if (job is null || outcome == ClaimOutcome.Final) return null;
        if (outcome == ClaimOutcome.Claimed) return new JobLease(this, job);

        // This delivery must not be lost with the worker that holds the job, nor hold up the queue until then.
        var at = job.LeaseUntil!.Value + TimeSpan.FromSeconds(1);
        await queue.ScheduleAsync(job, $"{id}.busy.{job.Fence}.{at.ToUnixTimeSeconds()}", at, cancellationToken);
        return null;
    }

    /// <exception cref="PipelineException">InvalidName, JobNotFound, Conflict when it is too late, StorageUnavailable.</exception>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="check">Throws when the job is not as the caller wants it to be; what it saw is what is changed.</param>
    public async Task<JobRecord> RequestCancelAsync(string id, CancellationToken cancellationToken, Action<JobRecord>? check = null) =>
        await TryChangeAsync(ResourceName.Check(id, "job"), job =>
        {
            check?.Invoke(job);
            return JobTransitions.RequestCancel(job, time.GetUtcNow());
        }, cancellationToken) ?? throw NotFound(id);

    internal TimeProvider Time => time;

    internal JobOptions Options => options;

    internal JobQueue Queue => queue;

    /// <returns>False when there is a job of that id.</returns>
    internal async Task<bool> InsertAsync(JobRecord job, CancellationToken cancellationToken)
    {
        FaultPoints.Before(FaultPointNames.JobInsert);
        try
        {
            await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new JobRow(job, default, EnqueuedOn: null).ToEntity()),
                new(TableTransactionActionType.Add, new TableEntity(JobRow.Partition, JobRow.TimeKeyOf(job))),
            ], cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return false;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
        FaultPoints.After(FaultPointNames.JobInsert);
        return true;
    }

    internal async Task<JobRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(JobRow.Partition, JobRow.KeyOf(id), cancellationToken: cancellationToken);
            return found.HasValue ? JobRow.FromEntity(found.Value!) : null;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    /// <summary>Notes that a message was sent, so that the sweep need not send it again.</summary>
    internal async Task NoteEnqueuedAsync(string id, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await FindAsync(id, cancellationToken) is not { } row) return;
            if (await TryReplaceAsync(row with { EnqueuedOn = time.GetUtcNow() }, cancellationToken)) return;
        }
    }

    /// <summary>Jobs that have not reached a final state.</summary>
    internal async IAsyncEnumerable<JobRow> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in Pages(JobRow.AllOpen, null, cancellationToken))
        {
            foreach (var entity in page) yield return JobRow.FromEntity(entity);
        }
    }

    /// <summary>Reads, changes and writes until the write meets no other; nothing is written when the change gives back what it got.</summary>
    /// <returns>The job as it is now; null when there is none.</returns>
    internal async Task<JobRecord?> TryChangeAsync(string id, Func<JobRecord, JobRecord> change, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await FindAsync(id, cancellationToken) is not { } row) return null;
            var next = change(row.Job);
            if (ReferenceEquals(next, row.Job) || await TryReplaceAsync(row with { Job = next }, cancellationToken)) return next;
        }
        throw new PipelineException(ProblemCodes.PreconditionFailed, $"The job '{id}' is being changed by too many others at the same time. Try again.");
    }

    internal static PipelineException NotFound(string id) => new(ProblemCodes.JobNotFound, $"There is no job '{id}'. List the jobs to see which there are.");

    private async Task<bool> TryReplaceAsync(JobRow row, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(row.ToEntity(), row.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            return false;
        }
        catch (RequestFailedException exception)
        {
            throw VaultFault.OfStorage(exception);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<TableEntity>> Pages(
        string filter, IEnumerable<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = _table.QueryAsync<TableEntity>(filter, ListPage, columns, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync()) yield break;
            }
            catch (RequestFailedException exception)
            {
                throw VaultFault.OfStorage(exception);
            }
            yield return pages.Current.Values;
        }
    }
}
