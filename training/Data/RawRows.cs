namespace AIaaS.Training.Data;

/// <summary>Rows of one shard that belong to one split.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Columns">One a usable feature, in file order.</param>
/// <param name="Labels">Class indices or values.</param>
internal sealed record RawChunk(int Rows, IReadOnlyList<RawColumn> Columns, double[] Labels);

/// <summary>One split, in chunks: shards are never joined into one array, which could be too long for one.</summary>
internal sealed class RawRows
{
    private readonly List<RawChunk> _chunks = [];

    public IReadOnlyList<RawChunk> Chunks => _chunks;

    public int Count { get; private set; }

    public IEnumerable<double> Labels => _chunks.SelectMany(chunk => chunk.Labels);

    public void Add(RawChunk chunk)
    {
        if (chunk.Rows == 0) return;
        _chunks.Add(chunk);
        Count = checked(Count + chunk.Rows);
    }

    /// <summary>The first rows as one chunk, at most as many as the first chunk has.</summary>
    public RawChunk Head(int rows)
    {
        var first = _chunks[0];
        rows = Math.Min(rows, first.Rows);
        return new RawChunk(rows, [.. first.Columns.Select(column => column.Head(rows))], first.Labels[..rows]);
    }
}

/// <summary>A dataset in memory. <see cref="Features"/> are the columns that a model can use, in file order.</summary>
internal sealed record RawDataset(
    IReadOnlyList<Pipeline.Datasets.ColumnSchema> Features, RawRows Train, RawRows Validation, RawRows Test);
