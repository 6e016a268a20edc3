namespace AIaaS.Pipeline.Datasets;

/// <summary>What dataset.yaml may say; everything is optional, unknown keys are refused.</summary>
public sealed record DatasetSidecar
{
    /// <summary>The sidecar's name in the drop zone.</summary>
    public const string FileName = "dataset.yaml";

    /// <summary>The dataset when nothing is said.</summary>
    public static DatasetSidecar Empty { get; } = new();

    /// <summary>Files the dataset is made of: ingestion waits until all are there. Empty: whatever was dropped.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Name of the label column.</summary>
    public string? Label { get; init; }

    /// <summary>What the label is; null decides by its values.</summary>
    public SidecarTask? Task { get; init; }

    /// <summary>Types by column name.</summary>
    public IReadOnlyDictionary<string, SidecarType> Types { get; init; } = new Dictionary<string, SidecarType>();

    public SidecarSplit Split { get; init; } = new();

    /// <summary>Whether a CSV file begins with a header; null finds out.</summary>
    public bool? Header { get; init; }

    /// <summary>Texts that mean a missing value besides the empty one, such as NA or ?.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public string? Licence { get; init; }

    public string? Description { get; init; }

    /// <summary>Share of rows, 0 to 1, that may be rejected before the dataset fails.</summary>
    public double RejectThreshold { get; init; } = 0.01;

    /// <summary>The size that images of a zip are brought to; null demands that all are equal.</summary>
    public SidecarImage? Image { get; init; }

    /// <summary>Whether arrays are whole without labels: in batch inference, which predicts them. No file says this.</summary>
    public bool LabelsMayLack { get; init; }
}

public enum SidecarTask
{
    Classification,
    Regression,
}

public enum SidecarType
{
    Number,
    Category,
    Text,

    /// <summary>The column is left out of the dataset.</summary>
    Ignore,
}

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
public sealed record SidecarImage(int Width, int Height, int Channels);

/// <summary>One of: shares with a seed, a column that says train, validation or test, or the files of each part.</summary>
public sealed record SidecarSplit
{
    public SplitShares Shares { get; init; } = SplitShares.Default;

    public long Seed { get; init; } = 42;

    public string? Column { get; init; }

    /// <summary>File name to part; empty when not split by files.</summary>
    public IReadOnlyDictionary<string, DatasetSplit> Files { get; init; } = new Dictionary<string, DatasetSplit>();

    /// <summary>Whether the shares were written down, and not taken by default.</summary>
    public bool Stated { get; init; }
}
