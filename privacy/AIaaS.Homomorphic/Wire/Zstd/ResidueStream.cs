using System.Buffers;
using System.Security.Cryptography;

namespace AIaaS.Homomorphic.Wire.Zstd;

/// <summary>Writes a zstd frame (RFC 8878) of an object whose polynomials come in writes of their own: those become blocks of residues, all else stays as it is.</summary>
/// <remarks>Any zstd decoder reads it, SEAL's too. The window is 128 KiB, a block never looks back beyond itself.</remarks>
internal sealed class ResidueStream(Stream destination) : Stream
{
    /// <summary>Of primes that this is for. From 48 bits on two bytes of a word are left to save, and zstd's shortest match is three.</summary>
    public const int MaxPrimeBits = 47;

    private const int SmallestRow = 4096;
    private const int BlockHeader = 3;
    private const int RawBlock = 0;
    private const int CompressedBlock = 2;

    // Magic number; no checksum, no size; a window of 2^(10 + 7) bytes.
    private static readonly byte[] s_frameHeader = [0x28, 0xB5, 0x2F, 0xFD, 0, 7 << 3];

    private readonly ResidueBlock _block = new();
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockHeader + ResidueBlock.BufferBytes);
    private bool _begun;
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin();
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, ResidueBlock.MaxBytes)];
            var isRow = part.Length >= SmallestRow && part.Length % sizeof(ulong) == 0;
            var length = isRow ? _block.Write(part, _buffer.AsSpan(BlockHeader)) : 0;
            WriteBlock(part, length, last: false);
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Every write is a block.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            Begin();
            WriteBlock([], 0, last: true);
            CryptographicOperations.ZeroMemory(_buffer);
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        base.Dispose(disposing);
    }

    private void Begin()
    {
        if (_begun) return;
        _begun = true;
        destination.Write(s_frameHeader);
    }

    /// <param name="plain">The block's contents.</param>
    /// <param name="compressed">Bytes in the buffer; 0 for a raw block.</param>
    /// <param name="last">Of the frame.</param>
    private void WriteBlock(ReadOnlySpan<byte> plain, int compressed, bool last)
    {
        var header = (last ? 1 : 0) | ((compressed > 0 ? CompressedBlock : RawBlock) << 1) | ((compressed > 0 ? compressed : plain.Length) << 3);
        (_buffer[0], _buffer[1], _buffer[2]) = ((byte)header, (byte)(header >> 8), (byte)(header >> 16));
        destination.Write(_buffer, 0, BlockHeader + compressed);
        if (compressed == 0) destination.Write(plain);
    }
}
