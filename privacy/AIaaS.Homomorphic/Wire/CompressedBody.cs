using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using AIaaS.Homomorphic.Wire.Zstd;
using ZstdSharp;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Keeps a compressed body in pooled chunks until its length, which the header needs, is known.</summary>
internal sealed class CompressedBody : Stream
{
    private const int ChunkSize = 256 * 1024;

    private readonly List<byte[]> _chunks = [];
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>What compresses into this; closing it completes the body.</summary>
    /// <param name="compression">zlib or zstd.</param>
    /// <param name="primeBits">Of the largest prime whose residues are written.</param>
    public Stream Open(SealCompression compression, int primeBits) => compression switch
    {
        SealCompression.Zlib => new ZLibStream(this, CompressionLevel.Fastest, leaveOpen: true),
        _ when primeBits <= ResidueStream.MaxPrimeBits => new ResidueStream(this),
        _ => new CompressionStream(this, leaveOpen: true),
    };

    public void WriteTo(Stream destination)
    {
        var left = _length;
        foreach (var chunk in _chunks)
        {
            var count = (int)Math.Min(left, ChunkSize);
            destination.Write(chunk, 0, count);
            left -= count;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var used = (int)(_length % ChunkSize);
            if (used == 0) _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkSize));
            var count = Math.Min(buffer.Length, ChunkSize - used);
            buffer[..count].CopyTo(_chunks[^1].AsSpan(used));
            _length += count;
            buffer = buffer[count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Everything is in memory already.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        foreach (var chunk in _chunks)
        {
            CryptographicOperations.ZeroMemory(chunk);
            ArrayPool<byte>.Shared.Return(chunk);
        }
        _chunks.Clear();
        base.Dispose(disposing);
    }
}
