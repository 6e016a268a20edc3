namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>A part of a seekable stream, which it does not close.</summary>
internal sealed class StreamSlice(Stream whole, long start, long length) : ReadOnlyStream
{
    private long _done;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        whole.Position = start + _done;
        var read = await whole.ReadAsync(buffer[..Room(buffer.Length)], cancellationToken);
        _done += read;
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        whole.Position = start + _done;
        var read = whole.Read(buffer[..Room(buffer.Length)]);
        _done += read;
        return read;
    }

    private int Room(int wanted) => (int)Math.Min(wanted, length - _done);
}
