namespace AIaaS.Pipeline.Storage;

/// <summary>Every container, queue and table there is. Bicep creates the same in Azure.</summary>
public static class StorageLayout
{
    /// <summary>Drop zone: datasets/{dataset}/{file}, in the clear until the manifest is committed.</summary>
    public const string DatasetsContainer = "datasets";

    /// <summary>Drop zone for job files: jobs/{id}.yaml.</summary>
    public const string JobsContainer = "jobs";

    /// <summary>Shards, checkpoints and models: only client-side encrypted blobs and signed manifests.</summary>
    public const string VaultContainer = "vault";

    /// <summary>Drop zone for batch inference: requests/{model}/{file}.</summary>
    public const string RequestsContainer = "requests";

    /// <summary>Predictions of batch and asynchronous inference.</summary>
    public const string ResultsContainer = "results";

    /// <summary>Evaluation keys for encrypted inference: evaluation-keys/{caller}/{sha256}. They are public.</summary>
    public const string EvaluationKeysContainer = "evaluation-keys";

    public const string IngestionQueue = "dataset-ingestion";
    public const string TrainingQueue = "training-jobs";
    public const string InferenceQueue = "inference-requests";

    public const string DatasetsTable = "datasets";
    public const string JobsTable = "jobs";
    public const string ModelsTable = "models";
    public const string OperationsTable = "operations";
    public const string EvaluationKeysTable = "evaluationkeys";

    public static IReadOnlyList<string> Containers { get; } =
        [DatasetsContainer, JobsContainer, VaultContainer, RequestsContainer, ResultsContainer, EvaluationKeysContainer];

    public static IReadOnlyList<string> Tables { get; } = [DatasetsTable, JobsTable, ModelsTable, OperationsTable, EvaluationKeysTable];

    public static IReadOnlyList<string> Queues { get; } = [IngestionQueue, TrainingQueue, InferenceQueue];
}
