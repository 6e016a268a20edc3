using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace AIaaS.Pipeline.Datasets.Shards;

/// <summary>Shards are Arrow IPC files of one record batch.</summary>
internal static class ShardFormat
{
    public const string SplitColumn = "$split";

    public static string Name(int index) => $"shard-{index:00000}.arrow";

    public static bool IsName(string path) => path.AsSpan(path.LastIndexOf('/') + 1).StartsWith("shard-", StringComparison.Ordinal);

    /// <summary>Replaces what <paramref name="target"/> holds.</summary>
    public static ReadOnlyMemory<byte> Encode(RecordBatch batch, MemoryStream target)
    {
        target.SetLength(0);
        using (var writer = new ArrowFileWriter(target, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        return target.GetBuffer().AsMemory(0, (int)target.Length);
    }

    public static async Task<RecordBatch> DecodeAsync(byte[] shard, CancellationToken cancellationToken)
    {
        using var reader = new ArrowFileReader(new MemoryStream(shard, writable: false));
        return await reader.ReadNextRecordBatchAsync(cancellationToken);
    }
}
