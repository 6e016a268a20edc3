namespace AIaaS.Pipeline.Datasets.Rows;

/// <summary>A drop understood: one format, its columns, and the parts that rows are read from.</summary>
/// <param name="Format">For the report.</param>
/// <param name="Columns">Equal in all parts.</param>
/// <param name="Parts">In the order their rows get in the dataset.</param>
/// <param name="LastColumnIsLabel">Whether the last column is the label when no name tells (CSV, and tensors with labels).</param>
internal sealed record DatasetSource(
    string Format,
    IReadOnlyList<SourceColumn> Columns,
    IReadOnlyList<SourcePart> Parts,
    bool LastColumnIsLabel)
{
    /// <summary>Columns of the files that the sidecar ignores and the format does not even read.</summary>
    public IReadOnlySet<string> LeftOut { get; init; } = new HashSet<string>();

    /// <summary>The parts that files or folders put rows into; empty when they do not divide them.</summary>
    public IReadOnlySet<DatasetSplit> Splits { get; init; } = new HashSet<DatasetSplit>();
}

/// <param name="Name">Unique within the dataset.</param>
/// <param name="Shape">Of images [H, W, C] and vectors [n]; empty for scalars.</param>
/// <param name="IsImage">Tells an image from a vector.</param>
internal sealed record SourceColumn(string Name, IReadOnlyList<int> Shape, bool IsImage = false)
{
    public SourceColumn(string name)
        : this(name, [])
    {
    }

    public bool IsTensor => Shape.Count > 0;
}

/// <param name="File">Name of the dropped file the rows come from.</param>
/// <param name="OpenAsync">Opens a reader before the first row. With headersOnly, tensors need not be decoded: only scalars are asked for.</param>
internal sealed record SourcePart(string File, Func<bool, CancellationToken, Task<RowReader>> OpenAsync);
