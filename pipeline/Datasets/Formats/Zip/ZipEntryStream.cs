using System.IO.Hashing;

namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>An entry's content; at its end length and CRC-32 must be what the directory says.</summary>
internal sealed class ZipEntryStream(Stream content, string archive, ZipEntry entry, Stream? closeWith) : ReadOnlyStream
{
    private readonly Crc32 _crc = new();
    private long _length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..read], buffer.Length);
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        Check(buffer[..read], buffer.Length);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            closeWith?.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes, int wanted)
    {
        _crc.Append(bytes);
        _length += bytes.Length;
        if (_length > entry.Length) throw ZipDirectory.Malformed(archive, "holds a file that is longer than declared");
        if (bytes.IsEmpty && wanted > 0 && (_length != entry.Length || _crc.GetCurrentHashAsUInt32() != entry.Crc))
            throw ZipDirectory.Malformed(archive, "holds a file that is damaged or cut off");
    }
}
