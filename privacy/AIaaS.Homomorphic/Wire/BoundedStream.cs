namespace AIaaS.Homomorphic.Wire;

/// <summary>The next so many bytes of a stream, and not one more: what follows an object is left for the next reader.</summary>
/// <remarks>
/// The last byte is handed out alone. A decompressor takes no input after its own end, so whatever is
/// <see cref="Left"/> when it is done was never part of the compressed data.
/// </remarks>
internal sealed class BoundedStream(Stream source, long length) : Stream
{
    public long Left { get; private set; } = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (Left == 0) return 0;
        var count = source.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(1, Left - 1))]);
        Left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
