namespace AIaaS.Training.Data;

/// <summary>Bounds on one training.</summary>
internal sealed record TrainingLimits
{
    public static TrainingLimits Default { get; } = new();

    /// <summary>All splits in memory together, counted as 32-bit floats after preprocessing: rows x width x 4.</summary>
    public long FeatureBytes { get; init; } = 4L << 30;

    /// <summary>Rows that the exported model is compared on with the trained one, at most.</summary>
    public int VerifiedRows { get; init; } = 256;
}
