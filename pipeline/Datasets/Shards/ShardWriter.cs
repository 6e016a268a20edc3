using AIaaS.Pipeline.Datasets.Columns;
using AIaaS.Pipeline.Keys;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AIaaS.Pipeline.Datasets.Shards;

/// <summary>Cuts committed rows into shards; one is encrypted and uploaded while the next is filled.</summary>
internal sealed class ShardWriter(VaultWriter vault, string folder, IReadOnlyList<ColumnWriter> columns, DatasetLimits limits)
{
    /// <summary>Rows between looks at the size of a shard of numbers.</summary>
    private const int SizeCheck = 256;

    private readonly Schema _schema = new(
        [.. columns.Select(column => new Field(column.Plan.Schema.Name, column.Type, nullable: true)), new Field(ShardFormat.SplitColumn, UInt8Type.Default, nullable: false)],
        metadata: null);

    private readonly bool _hasLargeValues = columns.Any(column => column.Plan.Schema.Shape.Count > 0 || column.Plan.Schema.Type == ColumnType.Text);
    private readonly GrowingBuffer<byte> _splits = new();
    private readonly List<ManifestBlob> _written = [];

    /// <summary>One is uploaded while the other is written; kept, because arrays of this size are collected late.</summary>
    private readonly MemoryStream[] _buffers = [new(), new()];
    private Task<ManifestBlob>? _uploading;
    private int _next;

    /// <summary>To be called after all columns have committed a row.</summary>
    public async ValueTask AddRowAsync(DatasetSplit split, CancellationToken cancellationToken)
    {
        _splits.Add((byte)split);
        if (_splits.Count >= limits.ShardRows || (IsSizeCheckDue && Size() >= limits.ShardBytes)) await CloseShardAsync(cancellationToken);
    }

    /// <returns>The shards in order.</returns>
    public async Task<IReadOnlyList<ManifestBlob>> FinishAsync(CancellationToken cancellationToken)
    {
        if (_splits.Count > 0) await CloseShardAsync(cancellationToken);
        await UploadedAsync();
        return _written;
    }

    /// <summary>Waits for the upload under way, whose outcome no longer matters.</summary>
    public async Task AbandonAsync()
    {
        if (_uploading is not null) await ((Task)_uploading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A text or a tensor may take a MiB, a number never more than eight bytes.
    private bool IsSizeCheckDue => _hasLargeValues || _splits.Count % SizeCheck == 0;

    private long Size() => columns.Sum(column => (long)column.Bytes);

    private async Task CloseShardAsync(CancellationToken cancellationToken)
    {
        var arrays = columns.Select(column => column.Build()).Append(new UInt8Array(_splits.ToArrow(), ArrowBuffer.Empty, _splits.Count, 0, 0));
        ReadOnlyMemory<byte> shard;
        using (var batch = new RecordBatch(_schema, arrays, _splits.Count)) shard = ShardFormat.Encode(batch, _buffers[_next % _buffers.Length]);
        foreach (var column in columns) column.Clear();
        _splits.Clear();
        await UploadedAsync();
        var path = folder + ShardFormat.Name(_next++);
        _uploading = Task.Run(() => vault.WriteAsync(path, shard, cancellationToken), cancellationToken);
    }

    private async Task UploadedAsync()
    {
        if (_uploading is null) return;
        _written.Add(await _uploading);
        _uploading = null;
    }
}
