using Azure;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>
/// A dropped file as a seekable stream: ranged reads of 4 MiB on condition of the ETag, the next block fetched while one
/// is read, at most <see cref="Blocks"/> blocks in memory. Nothing is put on disk.
/// </summary>
internal sealed class DropStream(DropFile file) : Stream
{
    public const int BlockBytes = 4 << 20;
    private const int Blocks = 4;

    private readonly List<Block> _blocks = [];
    private readonly CancellationTokenSource _closed = new();
    private long _position;
    private long _lastBlock = -2;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        var block = Request(_position / BlockBytes);
        if (!block.Loaded.IsCompletedSuccessfully) await block.Loaded.WaitAsync(cancellationToken);
        return Copy(block, buffer.Span);
    }

    /// <summary>Blocks while a range is fetched: zlib's and Skia's callbacks are synchronous.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        var block = Request(_position / BlockBytes);
        block.Loaded.GetAwaiter().GetResult();
        return Copy(block, buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closed.Cancel();
            _closed.Dispose();
            _blocks.Clear();
        }
        base.Dispose(disposing);
    }

    private int Copy(Block block, Span<byte> target)
    {
        if (!block.Seen)
        {
            block.Seen = true;
            file.Digest.Offer(block.Index * BlockBytes, block.Bytes.AsSpan(0, block.Length));
        }
        var start = (int)(_position % BlockBytes);
        var count = Math.Min(target.Length, block.Length - start);
        block.Bytes.AsSpan(start, count).CopyTo(target);
        _position += count;
        return count;
    }

    private Block Request(long index)
    {
        var block = Find(index) ?? Fetch(index);
        if (index == _lastBlock + 1 && (index + 1) * BlockBytes < Length && Find(index + 1) is null) Fetch(index + 1);
        _lastBlock = index;
        return block;
    }

    private Block? Find(long index)
    {
        foreach (var block in _blocks)
        {
            if (block.Index == index) return block;
        }
        return null;
    }

    private Block Fetch(long index)
    {
        // The oldest fetched block goes; its array is taken over unless a fetch still writes to it.
        byte[]? bytes = null;
        if (_blocks.Count == Blocks)
        {
            if (_blocks[0].Loaded.IsCompleted) bytes = _blocks[0].Bytes;
            _blocks.RemoveAt(0);
        }
        var length = (int)Math.Min(BlockBytes, Length - index * BlockBytes);
        if (bytes is null || bytes.Length < length) bytes = new byte[length];
        var block = new Block(index, bytes, length);
        block.Loaded = LoadAsync(block, _closed.Token);
        _blocks.Add(block);
        return block;
    }

    private async Task LoadAsync(Block block, CancellationToken cancellationToken)
    {
        try
        {
            var response = await file.Blob.DownloadStreamingAsync(
                new BlobDownloadOptions
                {
                    Range = new HttpRange(block.Index * BlockBytes, block.Length),
                    Conditions = new BlobRequestConditions { IfMatch = file.ETag },
                },
                cancellationToken);
            await using var content = response.Value.Content;
            await content.ReadExactlyAsync(block.Bytes.AsMemory(0, block.Length), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 or 416)
        {
            throw new DropReplacedException(file.Name, exception);
        }
    }

    private sealed class Block(long index, byte[] bytes, int length)
    {
        public long Index { get; } = index;

        public byte[] Bytes { get; } = bytes;

        public int Length { get; } = length;

        public bool Seen { get; set; }

        public Task Loaded { get; set; } = Task.CompletedTask;
    }
}
