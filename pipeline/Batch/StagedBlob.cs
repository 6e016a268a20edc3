using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AIaaS.Pipeline.Batch;

/// <summary>A blob written in blocks that nobody sees before all are committed at once. Blocks of other attempts never mix with these.</summary>
internal sealed class StagedBlob(BlockBlobClient blob, string attempt)
{
    private const int BlockBytes = 1 << 20;
    private const int AttemptLength = 24;

    private readonly string _prefix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(attempt)))[..AttemptLength];
    private readonly ArrayBufferWriter<byte> _buffer = new(BlockBytes + (BlockBytes / 4));
    private readonly List<string> _blocks = [];

    /// <summary>To be written to between calls of <see cref="FlushAsync"/>.</summary>
    public IBufferWriter<byte> Writer => _buffer;

    /// <summary>Sends what has gathered once it is a block's worth.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) =>
        _buffer.WrittenCount < BlockBytes ? ValueTask.CompletedTask : new ValueTask(StageAsync(cancellationToken));

    /// <summary>Makes it the blob's content, in one step.</summary>
    public async Task CommitAsync(string contentType, CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount > 0) await StageAsync(cancellationToken);
        await blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = contentType } }, cancellationToken);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_prefix}-{_blocks.Count:D6}"));
        using var content = new MemoryStream(_buffer.WrittenMemory.ToArray(), writable: false);
        await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
        _blocks.Add(id);
        _buffer.ResetWrittenCount();
    }
}
