using System.Globalization;
using System.Text.Json;
using AIaaS.Pipeline.Problems;
using Azure;
using Azure.Data.Tables;

namespace AIaaS.Pipeline.Jobs;

/// <summary>A job's table row: the record as JSON, cut into properties, and the few columns that queries use.</summary>
/// <param name="Job">The record.</param>
/// <param name="ETag">What the next write is conditional on.</param>
/// <param name="EnqueuedOn">When a message for it was last known to be sent; null between insert and send.</param>
internal sealed record JobRow(JobRecord Job, ETag ETag, DateTimeOffset? EnqueuedOn)
{
    /// <summary>One partition: rows are found by key, and a job with its place in time is one transaction.</summary>
    public const string Partition = "job";

    public const string FinalColumn = "Final";

    /// <summary>A string property takes 32,768 characters; an entity one mebibyte, which <see cref="JobProgress.MaxHistory"/> keeps far away.</summary>
    private const int MaxPropertyChars = 30_000;

    private const string JobPrefix = "job:";
    private const string TimePrefix = "time:";
    private const string EnqueuedColumn = "EnqueuedOn";

    public static string KeyOf(string id) => JobPrefix + id;

    /// <summary>Sorts the newest first.</summary>
    public static string TimeKeyOf(JobRecord job) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimePrefix}{DateTimeOffset.MaxValue.UtcTicks - job.CreatedOn.UtcTicks:D19}:{job.Id}");

    public static string IdOfTimeKey(string key) => key[(TimePrefix.Length + 20)..];

    public static string AllTimes { get; } = $"PartitionKey eq '{Partition}' and RowKey ge '{TimePrefix}' and RowKey lt 'time;'";

    public static string AllOpen { get; } = $"PartitionKey eq '{Partition}' and RowKey ge '{JobPrefix}' and RowKey lt 'job;' and {FinalColumn} eq false";

    public TableEntity ToEntity()
    {
        var json = JsonSerializer.Serialize(Job, JobsJson.Default.JobRecord);
        var entity = new TableEntity(Partition, KeyOf(Job.Id))
        {
            ["Status"] = Job.Status.ToString(),
            [FinalColumn] = Job.IsFinal,
            [EnqueuedColumn] = EnqueuedOn,
        };
        for (var part = 0; part * MaxPropertyChars < json.Length; part++)
            entity[PartName(part)] = json.Substring(part * MaxPropertyChars, Math.Min(MaxPropertyChars, json.Length - (part * MaxPropertyChars)));
        return entity;
    }

    public static JobRow FromEntity(TableEntity entity)
    {
        var json = new System.Text.StringBuilder();
        for (var part = 0; entity.TryGetValue(PartName(part), out var value) && value is string text; part++) json.Append(text);
        try
        {
            var job = JsonSerializer.Deserialize(json.ToString(), JobsJson.Default.JobRecord);
            if (job is not null) return new JobRow(job, entity.ETag, entity.GetDateTimeOffset(EnqueuedColumn));
        }
        catch (JsonException)
        {
            // Falls through.
        }
        throw new PipelineException(ProblemCodes.IntegrityFailed, $"The row '{entity.RowKey}' of the table jobs is damaged. Restore it from a backup, or delete it.");
    }

    private static string PartName(int part) => string.Create(CultureInfo.InvariantCulture, $"Record{part}");
}
