using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets;

/// <summary>One version of a dataset, verified and readable. Several readers may enumerate it at the same time.</summary>
public sealed class OpenDataset
{
    internal OpenDataset(DatasetSchema schema, DatasetReport report)
    {
        Schema = schema;
        Report = report;
    }

    public DatasetSchema Schema { get; }

    public DatasetReport Report { get; }

    public string Name => Report.Dataset;

    public string Version => Report.Version;

    /// <summary>SHA-256 (hex) of the dropped data.</summary>
    public string Digest => Report.Digest;

    /// <summary>Accepted rows of all parts.</summary>
    public long Rows => Report.Rows;

    /// <summary>
    /// The shards in order, one batch each. Columns: the features, the label (where there is one), then "$split" (uint8,
    /// a <see cref="DatasetSplit"/>). Number: double, null is missing. Category: int32 index into
    /// <see cref="ColumnSchema.Categories"/>, null is missing. Text: string. Image: fixed-size binary of H*W*C bytes.
    /// Vector: fixed-size list of float. The caller disposes every batch.
    /// </summary>
    /// <exception cref="Problems.PipelineException">IntegrityFailed, KeyDisabled, KeyUnavailable.</exception>
    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The rejects file, JSON Lines of file, line and reason; empty when no row was rejected.</summary>
    public Task<byte[]> ReadRejectsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
