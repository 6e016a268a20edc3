using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace AIaaS.Pipeline.Datasets.Shards;

/// <summary>Shards are Arrow IPC files of one record batch.</summary>
internal static class ShardFormat
{
    public const string SplitColumn = "$split";

    public static string Name(int index) => $"shard-{index:00000}.arrow";

    public static bool IsName(string path) => path.AsSpan(path.LastIndexOf('/') + 1).StartsWith("shard-", StringComparison.Ordinal);

    public static byte[] Encode(RecordBatch batch)
    {
        using var memory = new MemoryStream();
        using (var writer = new ArrowFileWriter(memory, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        return memory.ToArray();
    }

    public static async Task<RecordBatch> DecodeAsync(byte[] shard, CancellationToken cancellationToken)
    {
        using var reader = new ArrowFileReader(new MemoryStream(shard, writable: false));
        return await reader.ReadNextRecordBatchAsync(cancellationToken);
    }
}
