namespace AIaaS.Pipeline.Faults;

/// <summary>Every durable write of the pipeline, in the order the main job passes them.</summary>
public static class FaultPointNames
{
    /// <summary>The dropped file's blob.</summary>
    public const string Drop = "drop";

    /// <summary>The message to dataset-ingestion.</summary>
    public const string EnqueueIngestion = "enqueue-ingestion";

    /// <summary>One encrypted blob in the vault container: a shard, report, checkpoint or model file.</summary>
    public const string VaultBlob = "vault-blob";

    /// <summary>A signed manifest.</summary>
    public const string Manifest = "manifest";

    /// <summary>The dataset's row: the commit of an ingestion.</summary>
    public const string DatasetRow = "dataset-row";

    /// <summary>Deletion of a plaintext drop.</summary>
    public const string DropDelete = "drop-delete";

    /// <summary>The job's row.</summary>
    public const string JobInsert = "job-insert";

    /// <summary>The message to training-jobs.</summary>
    public const string EnqueueJob = "enqueue-job";

    /// <summary>The claim of a job: attempt and fence grow by one.</summary>
    public const string JobClaim = "job-claim";

    /// <summary>A checkpoint's commit.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The job's row says Publishing: the commit of a training.</summary>
    public const string JobPublishing = "job-publishing";

    /// <summary>The registry's transaction: the new version.</summary>
    public const string Registry = "registry";

    /// <summary>The job's row says Succeeded.</summary>
    public const string JobSucceeded = "job-succeeded";

    /// <summary>The acknowledgement of the message whose work is done.</summary>
    public const string Settle = "settle";

    public static IReadOnlyList<string> All { get; } =
    [
        Drop, EnqueueIngestion, VaultBlob, Manifest, DatasetRow, DropDelete, JobInsert, EnqueueJob,
        JobClaim, Checkpoint, JobPublishing, Registry, JobSucceeded, Settle,
    ];
}
