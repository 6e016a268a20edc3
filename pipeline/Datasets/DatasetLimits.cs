namespace AIaaS.Pipeline.Datasets;

/// <summary>Every bound that ingestion keeps, so that no file can take more memory, disk or time than is written here.</summary>
/// <remarks>docs/datasets.md lists the defaults; what is over a limit fails with <see cref="Problems.ProblemCodes.DatasetTooLarge"/> unless said otherwise.</remarks>
public sealed record DatasetLimits
{
    public static DatasetLimits Default { get; } = new();

    /// <summary>Files of one drop, the sidecar not counted.</summary>
    public int MaxFiles { get; init; } = 1_000;

    /// <summary>Bytes of one dropped file.</summary>
    public long MaxFileBytes { get; init; } = 64L << 30;

    /// <summary>Bytes of dataset.yaml.</summary>
    public int MaxSidecarBytes { get; init; } = 64 << 10;

    /// <summary>Accepted and rejected rows together.</summary>
    public long MaxRows { get; init; } = 1_000_000_000;

    public int MaxColumns { get; init; } = 10_000;

    /// <summary>Characters of a column name.</summary>
    public int MaxColumnName { get; init; } = 256;

    /// <summary>Bytes of one cell; a row with a longer one is rejected.</summary>
    public int MaxCellBytes { get; init; } = 1 << 20;

    /// <summary>Characters of one CSV record or JSON line: an unclosed quote ends here.</summary>
    public int MaxRecordChars { get; init; } = 4 << 20;

    /// <summary>Nesting of a JSON line. Rows are flat; one level more is read to say so.</summary>
    public int MaxJsonDepth { get; init; } = 2;

    /// <summary>Distinct values of a category; a column with more is <see cref="ColumnType.Text"/>.</summary>
    public int MaxCategories { get; init; } = 10_000;

    /// <summary>Characters of one category; a column with a longer value is <see cref="ColumnType.Text"/>.</summary>
    public int MaxCategoryLength { get; init; } = 256;

    /// <summary>Characters kept for the distinct values of all columns together; a column that would need more is counted no further.</summary>
    public int MaxDistinctChars { get; init; } = 32 << 20;

    /// <summary>Rows whose duplicates are counted exactly; beyond, a sample of the row hashes is kept and the count is an estimate.</summary>
    public int ExactDuplicateRows { get; init; } = 1_000_000;

    /// <summary>Entries written to the rejects file; all are counted.</summary>
    public int MaxRejectsListed { get; init; } = 100_000;

    /// <summary>Width times height of one image, read from its header before it is decoded.</summary>
    public int MaxImagePixels { get; init; } = 4096 * 4096;

    /// <summary>Bytes of one decoded image or vector as stored: one row must fit in a shard.</summary>
    public int MaxTensorBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of one compressed image file in a zip.</summary>
    public int MaxImageFileBytes { get; init; } = 32 << 20;

    /// <summary>Entries of a zip.</summary>
    public int MaxZipEntries { get; init; } = 1_000_000;

    /// <summary>Characters of an entry's name.</summary>
    public int MaxZipName { get; init; } = 1_024;

    /// <summary>Bytes that all entries of a zip, or one gzip stream, may inflate to, counted as they come.</summary>
    public long MaxInflatedBytes { get; init; } = 64L << 30;

    /// <summary>Inflated bytes per stored byte of a whole zip or gzip.</summary>
    public int MaxInflationRatio { get; init; } = 100;

    /// <summary>Inflated bytes below which the ratio is not judged: small files compress well honestly.</summary>
    public long InflationRatioFloor { get; init; } = 1 << 20;

    /// <summary>Memory one Parquet row group may take when decoded, by what it and its pages declare.</summary>
    public long MaxRowGroupBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of a Parquet footer.</summary>
    public int MaxFooterBytes { get; init; } = 32 << 20;

    /// <summary>Characters that the texts of a Parquet file may have together before they are compared with its size by <see cref="MaxInflationRatio"/>: dictionaries repeat honestly.</summary>
    public long ParquetTextFloor { get; init; } = 1L << 30;

    /// <summary>Plaintext bytes after which a shard is closed.</summary>
    public int ShardBytes { get; init; } = 8 << 20;

    /// <summary>Rows after which a shard is closed.</summary>
    public int ShardRows { get; init; } = 1 << 17;
}
