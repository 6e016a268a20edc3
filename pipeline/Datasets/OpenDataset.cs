using System.Runtime.CompilerServices;
using AIaaS.Pipeline.Datasets.Ingestion;
using AIaaS.Pipeline.Datasets.Shards;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using Apache.Arrow;

namespace AIaaS.Pipeline.Datasets;

/// <summary>One version of a dataset, verified and readable. Several readers may enumerate it at the same time.</summary>
public sealed class OpenDataset
{
    /// <summary>A shard may be written again, with the same content, by an ingestion that comes too late.</summary>
    private const int Attempts = 3;

    private readonly VaultReader _vault;

    internal OpenDataset(VaultReader vault, DatasetSchema schema, DatasetReport report)
    {
        _vault = vault;
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
    /// The shards in order, one batch each; the next is fetched while one is used. Columns: the features, the label (where
    /// there is one), then "$split" (uint8, a <see cref="DatasetSplit"/>). Number: double, null is missing. Category: int32
    /// index into <see cref="ColumnSchema.Categories"/>, null is missing. Text: string. Image: fixed-size binary of H*W*C
    /// bytes. Vector: fixed-size list of float. The caller disposes every batch.
    /// </summary>
    /// <exception cref="PipelineException">IntegrityFailed, KeyDisabled, KeyUnavailable, StorageUnavailable.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shards = _vault.Manifest.Blobs.Where(blob => ShardFormat.IsName(blob.Path)).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<byte[]>? next = null;
        try
        {
            for (var i = 0; i < shards.Count; i++)
            {
                var bytes = await (next ?? FetchAsync(shards[i], stop.Token));
                next = i + 1 < shards.Count ? FetchAsync(shards[i + 1], stop.Token) : null;
                yield return await ShardFormat.DecodeAsync(bytes, cancellationToken);
            }
        }
        finally
        {
            // Whoever stops early leaves a fetch under way.
            await stop.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The rejects file, JSON Lines of file, line and reason; empty when no row was rejected.</summary>
    /// <exception cref="PipelineException">IntegrityFailed, KeyDisabled, KeyUnavailable, StorageUnavailable.</exception>
    public async Task<byte[]> ReadRejectsAsync(CancellationToken cancellationToken)
    {
        var rejects = _vault.Manifest.Blobs.FirstOrDefault(blob => blob.Path.EndsWith("/" + DropIngestion.RejectsBlob, StringComparison.Ordinal));
        return rejects is null ? [] : await FetchAsync(rejects, cancellationToken);
    }

    private async Task<byte[]> FetchAsync(ManifestBlob blob, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _vault.ReadAsync(blob, cancellationToken);
            }
            catch (PipelineException exception) when (exception.Code == ProblemCodes.StorageUnavailable && attempt < Attempts)
            {
                // Read while it was written; the next attempt sees one state.
            }
        }
    }
}
